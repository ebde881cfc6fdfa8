# The relay as an image: docker build -t alert-relay .
# Packages are installed by hash alone; the wheel is built here, from this tree.
FROM python:3.11.14-slim-trixie AS builder
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/relay \
    && /opt/relay/bin/pip install --require-hashes -r requirements.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY reports reports
COPY storage storage
COPY handlers handlers
COPY bot bot
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
    && /opt/relay/bin/pip install --no-deps /dist/*.whl \
    && /opt/relay/bin/python -m pip uninstall --quiet --yes pip setuptools

FROM python:3.11.14-slim-trixie
RUN useradd --uid 10001 --home-dir /relay --create-home --shell /usr/sbin/nologin relay \
    && install --directory --mode 0700 --owner relay --group relay /data
COPY --from=builder /opt/relay /opt/relay
ENV PATH=/opt/relay/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    RELAY_DATA=/data \
    RELAY_HTTP=0.0.0.0:8080
USER relay
WORKDIR /relay
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD python -c "import urllib.request as web; web.urlopen('http://127.0.0.1:${RELAY_HTTP##*:}/livez', timeout=4)"
ENTRYPOINT ["alert-relay"]
CMD ["run"]
