/**
 * The playground's page: three chats and a source, drawn from one stream of events.
 *
 * The server sends the whole state at every (re)connection and each change after it, so a lost
 * connection needs no bookkeeping here. Text from outside only ever becomes text nodes.
 */

const STATIC = "/playground/static";
const LINKS = ["http:", "https:"];
const MARKS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const FOUND = /(?<url>https?:\/\/[^\s<>"«»]+[^\s<>"«».,:;!?)])|(?<![\w/])(?<bot_command>\/[a-z][a-z0-9_]{0,31})\b/giu;
const NEAR_END = 48;
const TOAST_MS = 5000;
const RECONNECT_MS = 1500;

const labels = await (await fetch(`${STATIC}/labels.json`)).json();
const onePane = matchMedia("(max-width: 699px)");
const chats = new Map();
let world = { personas: [], sources: [], samples: [], places: [], publications: [] };
let language = startLanguage();
let shown = "source";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Words

function startLanguage() {
  const kept = remembered("language");
  if (kept in labels) return kept;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("ru")) ? "ru" : "en";
}

function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off in this browser: the choice lasts until a reload
  }
}

function say(key, values = {}) {
  return labels[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function clock(seconds) {
  const locale = language === "ru" ? "ru-RU" : "en-GB";
  return new Date(seconds * 1000).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}

function day(seconds) {
  const date = new Date(seconds * 1000);
  const back = (new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000;
  if (Math.round(back) === 0) return say("today");
  if (Math.round(back) === 1) return say("yesterday");
  return date.toLocaleDateString(language === "ru" ? "ru-RU" : "en-GB", { day: "numeric", month: "long" });
}

/** Of a group of buttons, exactly the one with that value is on. */
function switchOn(group, value) {
  for (const button of all(group)) button.ariaPressed = String(button.value === value);
}

// Nodes

function node(tag, properties = {}, ...children) {
  const { data = {}, aria = {}, ...plain } = properties;
  const made = Object.assign(document.createElement(tag), plain);
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Telegram's text and entities (UTF-16 offsets, nested or apart) as nodes. */
function rich(text, entities) {
  const known = entities.length ? entities : [];
  const sorted = [...known, ...found(text, known)].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return stretch(text, sorted, [0, text.length]);
}

function stretch(text, entities, [start, end]) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const inner = entities.slice(index + 1).filter((other) => other.offset < to);
    nodes.push(text.slice(at, from), marked(entity, text.slice(from, to), stretch(text, inner, [from, to])));
    at = to;
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((part) => part !== "");
}

function found(text, known) {
  const apart = (offset) => known.every((e) => offset < e.offset || offset >= e.offset + e.length || e.type in MARKS);
  return [...text.matchAll(FOUND)].filter((match) => apart(match.index)).map((match) => ({
    type: match.groups.url ? "url" : "bot_command", offset: match.index, length: match[0].length,
  }));
}

function marked(entity, words, inner) {
  if (entity.type in MARKS) return node(MARKS[entity.type], {}, ...inner);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? words, inner);
  if (entity.type === "bot_command") {
    return node("button", { type: "button", className: "command", data: { command: words } }, ...inner);
  }
  return node("span", { className: entity.type }, ...inner);
}

function link(address, inner) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !LINKS.includes(url.protocol)) return node("span", {}, ...inner);
  return node("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}

// One chat

class Chat {
  constructor(persona) {
    this.id = persona.id;
    this.messages = new Map();
    this.unread = 0;
    this.root = $("#chat").content.cloneNode(true).firstElementChild;
    this.root.id = `pane-${persona.id}`;
    for (const name of ["log", "scroll", "below", "toast", "menu", "composer", "slash", "pin"]) {
      this[name] = $(`.${name}`, this.root);
    }
    this.field = $("textarea", this.composer);
    this.menu.id = `menu-${persona.id}`;
    for (const part of [this.slash, this.pin, this.field]) part.setAttribute("aria-controls", this.menu.id);
    $("h2", this.root).id = `heading-${persona.id}`;
    this.listen();
    $(".panes").append(this.root);
  }

  listen() {
    this.root.addEventListener("click", (event) => this.clicked(event.target));
    this.scroll.addEventListener("scroll", () => this.atEnd() && this.read());
    this.composer.addEventListener("submit", (event) => { event.preventDefault(); this.send(this.field.value); });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.keyed(event));
    this.field.addEventListener("blur", () => this.closeMenu());
    for (const part of [this.slash, this.pin, this.menu]) {
      part.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps focus
    }
  }

  /** The persona as the server knows it now, with the whole history. */
  take(persona) {
    const missed = persona.messages.filter(({ id, bot }) => bot && this.persona && !this.messages.has(id));
    this.persona = persona;
    this.messages = new Map(persona.messages.map((message) => [message.id, message]));
    this.draw();
    if (missed.length && !this.atEnd()) this.count(this.unread + missed.length);
  }

  draw() {
    const name = this.persona.name[language];
    $("h2", this.root).textContent = name;
    $(".head p", this.root).textContent = this.persona.about[language];
    $(".avatar", this.root).textContent = name[0];
    this.root.setAttribute("aria-label", say("chatOf", { name }));
    this.scroll.setAttribute("aria-label", say("messagesOf", { name }));
    this.field.placeholder = say("write");
    this.field.setAttribute("aria-label", say("writeAs", { name }));
    this.slash.setAttribute("aria-label", say("commands"));
    this.slash.hidden = this.persona.commands.length === 0;
    this.pin.setAttribute("aria-label", say("places"));
    this.pin.title = say("places");
    $(".send", this.root).setAttribute("aria-label", say("send"));
    this.refill();
  }

  refill() {
    const end = this.atEnd() || this.log.childElementCount === 0;
    const place = this.scroll.scrollTop;
    this.scroll.setAttribute("aria-busy", "true"); // a resync is no news: nothing is read out
    this.log.replaceChildren();
    for (const message of this.messages.values()) this.append(message);
    if (!this.messages.size) this.log.append(node("li", { className: "none", textContent: say("empty") }));
    this.scroll.removeAttribute("aria-busy");
    if (end) this.toEnd();
    else this.scroll.scrollTop = place;
  }

  /** A message that is new, or one that changed. */
  put(message) {
    const before = this.messages.get(message.id);
    this.messages.set(message.id, message);
    if (before) return this.replace(message);
    const follow = this.atEnd() || !message.bot;
    $(".none", this.log)?.remove();
    this.append(message);
    if (follow && this.visible()) this.toEnd();
    else if (message.bot) this.count(this.unread + 1);
    else this.toEnd();
    return undefined;
  }

  append(message) {
    const date = day(message.date);
    if (this.log.lastElementChild?.dataset.day !== date) {
      this.log.append(node("li", { className: "day", textContent: date, data: { day: date } }));
    }
    this.log.append(this.bubble(message, date));
  }

  replace(message) {
    const old = this.find(message.id);
    const end = this.atEnd();
    const made = this.bubble(message, old.dataset.day);
    made.classList.add("changed");
    old.replaceWith(made);
    if (end) this.toEnd();
  }

  remove(id) {
    this.messages.delete(id);
    this.find(id)?.remove();
  }

  find(id) {
    return $(`[data-message="${Number(id)}"]`, this.log);
  }

  bubble(message, date) {
    const edited = message.edited ? node("span", { className: "edited", textContent: say("edited") }) : null;
    const time = node("time", { textContent: clock(message.date), dateTime: new Date(message.date * 1000).toISOString() });
    const body = node("div", { className: "bubble" },
      this.quote(message.reply_to),
      message.place ? pinned(message.place) : node("div", { className: "text" }, ...rich(message.text, message.entities)),
      node("div", { className: "stamp" }, edited, time));
    const item = node("li", { className: message.bot ? "message theirs" : "message mine", data: { message: message.id, day: date } }, body);
    if (message.buttons?.length) item.append(keyboard(message));
    return item;
  }

  quote(id) {
    if (!id) return null;
    const original = this.messages.get(id);
    const author = original && (original.bot ? say("bot") : this.persona.name[language]);
    return node("button", { type: "button", className: "quote", data: { original: id } },
      node("strong", { textContent: author ?? "" }),
      node("span", { textContent: original ? firstLine(original) : say("gone") }));
  }

  // What the person does

  clicked(target) {
    const button = target.closest("button, [role=option]");
    if (!button) return;
    const { command, place, original, press } = button.dataset;
    if (command) this.send(command);
    else if (place) this.locate(world.places[place]);
    else if (original) this.show(original);
    else if (press) this.press(button);
    else if (button === this.slash) this.toggleMenu(button, () => this.openMenu(""));
    else if (button === this.pin) this.toggleMenu(button, () => this.openPlaces());
    else if (button === this.below) this.toEnd();
  }

  async send(text) {
    this.closeMenu();
    if (!text.trim()) return;
    const typed = text === this.field.value;
    if (typed) this.write("");
    const answer = await post("say", { user: this.id, text: text.trim() });
    if (answer.ok) return;
    if (typed && !this.field.value) this.write(text);
    this.notice(answer.detail);
  }

  async locate({ latitude, longitude }) {
    this.closeMenu();
    const answer = await post("locate", { user: this.id, latitude, longitude });
    if (!answer.ok) this.notice(answer.detail);
  }

  async press(button) {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    const message = Number(button.closest("li").dataset.message);
    const answer = await post("press", { user: this.id, chat: this.id, message, data: button.dataset.press });
    if (!answer.ok) this.notice(answer.detail);
    setTimeout(() => button.removeAttribute("aria-busy"), answer.ok ? TOAST_MS : 0);
  }

  show(id) {
    const original = this.find(id);
    if (!original) return;
    original.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    original.classList.remove("pointed");
    requestAnimationFrame(() => original.classList.add("pointed"));
  }

  notice(text) {
    this.toast.textContent = text;
    this.toast.hidden = !text;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, TOAST_MS);
  }

  /** The bot's answer to a pressed button. */
  answered({ text }) {
    for (const button of all("[aria-busy]", this.log)) button.removeAttribute("aria-busy");
    if (text) this.notice(text);
  }

  // The field, and the menu of commands or places

  write(text) {
    this.field.value = text;
    this.typed();
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    const begun = /^\/[a-z0-9_]*$/i.test(this.field.value);
    if (begun && document.activeElement === this.field) this.openMenu(this.field.value.slice(1).toLowerCase());
    else this.closeMenu();
  }

  keyed(event) {
    const plain = !event.shiftKey && !event.isComposing;
    const chosen = $("[aria-selected=true]", this.menu);
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const open = !this.menu.hidden;
    if (open && event.key in steps) this.select(steps[event.key]);
    else if (open && event.key === "Escape") this.closeMenu();
    else if (open && event.key === "Tab" && plain && this.offersCommands()) this.write(`${(chosen ?? this.menu.firstElementChild).dataset.command} `);
    else if (event.key === "Enter" && plain) this.enter(chosen);
    else return;
    event.preventDefault();
  }

  enter(chosen) {
    if (chosen?.dataset.place) return void this.locate(world.places[chosen.dataset.place]);
    const text = chosen?.dataset.command ?? this.field.value;
    if (chosen) this.write("");
    this.send(text);
  }

  /** Opens a button's menu, or closes it if that is what was open. */
  toggleMenu(button, open) {
    const wasOpen = button.getAttribute("aria-expanded") === "true";
    this.closeMenu();
    this.field.focus();
    if (!wasOpen) open();
  }

  openMenu(begun) {
    const fitting = this.persona.commands.filter(({ command }) => command.startsWith(begun));
    this.offer(this.slash, fitting.map(({ command, description }) =>
      option({ command: `/${command}` }, node("b", { textContent: `/${command}` }), node("span", { textContent: description }))));
  }

  openPlaces() {
    this.offer(this.pin, world.places.map(({ name }, index) => option({ place: index }, node("b", { textContent: name[language] }))));
    this.select(1);
  }

  offersCommands() {
    return this.slash.getAttribute("aria-expanded") === "true";
  }

  offer(button, options) {
    options.forEach((one, index) => { one.id = `${this.menu.id}-${index}`; });
    this.menu.setAttribute("aria-label", button.getAttribute("aria-label"));
    this.menu.replaceChildren(...options);
    this.menu.hidden = options.length === 0;
    for (const one of [this.slash, this.pin]) one.setAttribute("aria-expanded", String(one === button && !this.menu.hidden));
  }

  closeMenu() {
    this.menu.hidden = true;
    this.menu.replaceChildren();
    for (const button of [this.slash, this.pin]) button.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  select(step) {
    const options = [...this.menu.children];
    const now = options.findIndex((option) => option.ariaSelected === "true");
    const next = options[(now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length];
    for (const option of options) option.ariaSelected = String(option === next);
    this.field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  // Where the eye is

  visible() {
    return this.root.offsetParent !== null;
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return this.visible() && scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    if (this.visible()) this.read();
  }

  read() {
    this.count(0);
  }

  count(unread) {
    this.unread = unread;
    this.below.hidden = unread === 0;
    this.below.textContent = say("below", { n: unread });
    markTab(this.id, unread);
  }
}

function option(data, ...children) {
  return node("li", { role: "option", data, aria: { selected: "false" } }, ...children);
}

/** A location as a bubble shows it: by its name, if it is one of the places here. */
function pinned(place) {
  return node("div", { className: "place" },
    node("strong", { textContent: say("location") }), node("span", { textContent: placeName(place) }));
}

function placeName({ latitude, longitude }) {
  const known = world.places.find((one) => one.latitude === latitude && one.longitude === longitude);
  return known ? known.name[language] : `${latitude}, ${longitude}`;
}

function firstLine({ text, place }) {
  return place ? say("location") : text.split("\n")[0];
}

function keyboard(message) {
  const rows = message.buttons.map((row) => node("div", {}, ...row.map(({ text, data, url }) =>
    url ? link(url, [text]) : node("button", { type: "button", textContent: text, data: { press: data } }))));
  return node("div", { className: "keyboard" }, ...rows);
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The source

const form = $(".publish");
const report = $("#report");
let sample = null;
let samplesIn = null;

function drawSource() {
  const spoken = samplesIn ?? language;
  switchOn(".samples .switch button", spoken);
  $(".chips").replaceChildren(...world.samples.filter((one) => one.language === spoken).map((one) =>
    node("button", { type: "button", value: one.id, textContent: one.title[language] })));
  const publisher = $("#publisher");
  const kept = publisher.value;
  publisher.replaceChildren(...world.sources.map(({ id, name }) => node("option", { value: id, textContent: name })));
  if (kept) publisher.value = kept;
  drawMark();
  drawAnswers();
}

function drawMark() {
  const mark = $(".mark");
  const own = !sample || report.value.trim() !== sample.text.trim();
  mark.textContent = own ? say("ownMark") : say("sampleMark");
  mark.classList.toggle("own", own);
  mark.hidden = !report.value.trim();
  switchOn(".chips button", own ? null : sample.id);
}

function choose(id) {
  sample = world.samples.find((one) => one.id === id);
  report.value = sample.text;
  report.lang = sample.language;
  report.scrollTop = 0;
  $("#publisher").value = sample.source;
  complain("");
  drawMark();
}

function complain(sentence) {
  const error = $("#report-error");
  error.textContent = sentence;
  error.hidden = !sentence;
}

async function publish() {
  const { source, text, url, published } = Object.fromEntries(new FormData(form));
  if (!text.trim()) {
    report.focus();
    return complain(say("noText"));
  }
  const button = $(".primary");
  button.disabled = true;
  button.textContent = say("publishing");
  const answer = await post("publish", { source, text, ...(url && { url }), ...(published && { published: `${published}:00+03:00` }) });
  button.textContent = say("publish");
  button.disabled = false;
  return complain(answer.ok ? "" : answer.detail);
}

function drawAnswers() {
  $(".answers").replaceChildren(...world.publications.map(answerItem));
  $(".source .empty").hidden = world.publications.length > 0;
}

function published(publication) {
  world.publications.unshift(publication);
  const item = answerItem(publication);
  item.classList.add("new");
  $(".answers").prepend(item);
  item.scrollIntoView({ block: "nearest" });
  $(".source .empty").hidden = true;
}

function answerItem({ at, source, text, outcome, incidents = [], reason, problem }) {
  const refused = !outcome;
  const words = refused ? say("refused") : say(`outcome_${outcome}`);
  const numbers = incidents.map((number) => node("b", { textContent: `#${number}` }));
  return node("li", { className: refused ? "refused" : outcome },
    node("p", { className: "verdict" }, node("span", { className: "badge", textContent: words }), ...numbers),
    node("p", { className: "said", textContent: problem ?? reason ?? text.split("\n")[0] }),
    node("p", { className: "by" }, source, " · ", node("time", { textContent: clock(at) })));
}

// The server

async function post(what, body) {
  try {
    const answer = await fetch(`/playground/${what}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const told = await answer.json().catch(() => ({}));
    return { ok: answer.ok, detail: told.detail ?? say("unreachable") };
  } catch {
    return { ok: false, detail: say("unreachable") };
  }
}

const changes = {
  state: (state) => synchronise(state),
  message: ({ chat, message }) => chats.get(chat)?.put(message),
  removed: ({ chat, message }) => chats.get(chat)?.remove(message),
  answer: ({ user, ...answer }) => chats.get(user)?.answered(answer),
  publication: (publication) => published(publication),
};

function connect() {
  const stream = new EventSource("/playground/events");
  for (const [name, change] of Object.entries(changes)) {
    stream.addEventListener(name, (event) => change(JSON.parse(event.data)));
  }
  stream.addEventListener("error", () => {
    $(".lost").hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS);
  });
}

function synchronise(state) {
  world = state;
  sample = sample && world.samples.find(({ id }) => id === sample.id);
  for (const persona of world.personas) {
    if (!chats.has(persona.id)) chats.set(persona.id, new Chat(persona));
    chats.get(persona.id).take(persona);
  }
  $(".lost").hidden = true;
  drawTabs();
  drawSource();
  document.documentElement.dataset.ready = "true";
}

// Tabs, where one pane has the screen

function drawTabs() {
  const names = [["source", say("source")], ...world.personas.map(({ id, name }) => [String(id), name[language]])];
  $(".tabs").replaceChildren(...names.map(([id, name]) =>
    node("button", { type: "button", role: "tab", id: `tab-${id}`, value: id, aria: { controls: `pane-${id}` } },
      node("span", { textContent: name }), node("i", { className: "dot", hidden: true }))));
  for (const chat of chats.values()) markTab(chat.id, chat.unread);
  layOut();
}

function layOut() {
  for (const tab of all("[role=tab]")) {
    tab.ariaSelected = String(tab.value === shown);
    tab.tabIndex = tab.value === shown ? 0 : -1;
    const pane = $(`#pane-${tab.value}`);
    pane.classList.toggle("shown", tab.value === shown);
    pane.role = onePane.matches ? "tabpanel" : "region";
  }
}

function open(id) {
  shown = id;
  layOut();
  chats.get(Number(id))?.toEnd();
}

function markTab(id, unread) {
  const tab = $(`#tab-${id}`);
  if (!tab) return;
  $(".dot", tab).hidden = unread === 0;
  const name = $("span", tab).textContent;
  tab.ariaLabel = unread ? `${name}, ${say("unread", { n: unread })}` : name;
}

function stepTab(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (!(event.key in steps)) return;
  const tabs = all("[role=tab]");
  const next = tabs[(tabs.indexOf(event.target) + steps[event.key] + tabs.length) % tabs.length];
  open(next.value);
  next.focus();
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = say("title");
  for (const part of all("[data-label]")) part.textContent = say(part.dataset.label);
  for (const part of all("[data-aria]")) part.setAttribute("aria-label", say(part.dataset.aria));
  switchOn(".languages button", chosen);
  for (const chat of chats.values()) chat.draw();
  if (chats.size) drawTabs();
  drawSource();
}

$(".languages").addEventListener("click", ({ target }) => target.value && speak(remembered("language", target.value) ?? target.value));
$(".samples .switch").addEventListener("click", ({ target }) => { samplesIn = target.value || samplesIn; drawSource(); });
$(".tabs").addEventListener("click", ({ target }) => target.closest("button") && open(target.closest("button").value));
$(".tabs").addEventListener("keydown", stepTab);
$(".chips").addEventListener("click", ({ target }) => target.closest("button") && choose(target.closest("button").value));
form.addEventListener("submit", (event) => { event.preventDefault(); publish(); });
report.addEventListener("input", drawMark);
onePane.addEventListener("change", layOut);
speak(language);
connect();
