"""Invented reports, named by their situation. Samples: none of this happened."""

NIGHT_OVER_THREE_REGIONS = (
    "How the night went: the governor of Kaluga Region wrote that air defences had shot down "
    "40 drones over the region. No casualties or damage have been reported.\n\n"
    "In Moscow the mayor said that 32 drones were shot down on approach to the capital, and "
    "airports were temporarily closed. Flights were diverted to Kazan and Saint Petersburg.\n\n"
    "In Voronezh Region a high-speed air target was destroyed near the city; windows were "
    "broken and a roof was damaged."
)
KALUGA_FORTY = "Над Калужской областью за ночь сбито 40 беспилотников. Пострадавших нет."
KALUGA_FORTY_IN_OTHER_WORDS = "За ночь над Калужской областью уничтожены 40 беспилотников."
KALUGA_TWO_MORE = "Над Калужской областью сбиты ещё два беспилотника."
KALUGA_TWO_INJURED = "Калужская область: при атаке беспилотников ранены два человека."
KALUGA_ALERT = "Внимание! В Калужской области объявлена опасность атаки БПЛА."
KALUGA_ALL_CLEAR = "В Калужской области отбой опасности атаки БПЛА."
MOSCOW_THREE = "Над Москвой сбиты три беспилотника. Пострадавших нет."
A_GREETING = "Дорогие земляки, поздравляю с Днём города! Праздник начнётся в 12 часов на площади."
KALUGA_OUTAGE = "В Калужской области отключено электричество: без света остались три посёлка."
