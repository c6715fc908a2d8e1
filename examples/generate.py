"""Writes customers.csv and orders.csv, the made-up customers and orders of the worked example.

    python3 examples/generate.py

The same files come out every time: the names stand below, the rest is drawn from a fixed seed. Nobody in them
exists, all addresses are under domains that RFC 2606 keeps for examples, and some names are chosen to be hard
on software: apostrophes, hyphens, quotes, commas, two scripts, and text that looks like markup or a template.
"""

import csv
import datetime
import pathlib
import random

FOLDER = pathlib.Path(__file__).parent
LAST_DAY = datetime.date(2026, 11, 19)
ORDERS = 250

# Language, country, zone, cities, dialling code, and the people.
PEOPLE = [
    ("et", "EE", "Europe/Tallinn", ["Tallinn", "Tartu", "Pärnu", "Võru"], "+372 555", [
        "Õnne-Mai Öpik", "Jüri Ümarik", "Kätlin Šults", "Ülle Žukova", "Märt Põld", "Liis-Marii Tamm",
        "Ants Kask", "Tõnu Äärmaa", "Mai Õun", "Raul von Stein", "Aet Sõõrd", "Ott Müürsepp",
    ]),
    ("he", "IL", "Asia/Jerusalem", ["תל אביב", "חיפה", "ירושלים"], "+972 50", [
        "נועה כהן", "יוסף לוי", "מיכל בן־דוד", "אורי שפירא", "תמר אבו־חצירא", "דוד צ׳רניחובסקי", "שירה מזרחי",
        "אלון \"לוני\" פרץ", "רות ברק", "Dana ביטון",
    ]),
    ("kk", "KZ", "Asia/Almaty", ["Алматы", "Астана", "Шымкент"], "+7 701", [
        "Әлия Нұрланқызы", "Нұрсұлтан Қасымов", "Гүлнұр Өтебаева", "Ержан Ыбырайымұлы", "Айгүл Сейітқызы",
        "Бауыржан Тоқаев", "Жансая Әбдірахманова", "Қайрат Үмбетов", "Динара Іңкәрбекова",
    ]),
    ("th", "TH", "Asia/Bangkok", ["กรุงเทพมหานคร", "เชียงใหม่", "ภูเก็ต"], "+66 81", [
        "สมชาย ใจดี", "ณัฐวุฒิ ศรีสุวรรณ", "พิมพ์ชนก ลือวิเศษไพบูลย์", "กิตติพงษ์ แซ่ตั้ง", "อรอนงค์ ปัญญาวงศ์",
        "ธนพล เจริญสุข", "ศิริพร บุญมี", "วรัญญู น้ำทิพย์", "เกศินี อยู่เย็น",
    ]),
    ("nl", "NL", "Europe/Amsterdam", ["Amsterdam", "Utrecht", "'s-Hertogenbosch"], "+31 6", [
        "Anna van der Berg", "Jan-Willem de Groot", "Renée 't Hart", "Coen IJsbrandij", "Zoë van 't Hoff",
        "Björn Çelik", "Fleur d'Ancona", "Maarten Ouwehand", "Saskia Kuiper-Vroom", "Pieter-Jan Ruël",
    ]),
    ("en", "IE", "Europe/Dublin", ["Dublin", "Cork", "Galway"], "+353 85", [
        "Seán O'Brien", "Aoife Ní Dhomhnaill", "Mary-Kate D'Arcy", "Robert \"Bob\" Smith, Jr.", "Siobhán McGrath",
        "Zoe <b>Bold</b>", "Null Byrne", "Tom & Jerry Doyle", "{{ customer.email }} Liquid", "Niamh O’Sullivan",
    ]),
]

# Stock keeping unit, category, price and what it costs the shop, in cents.
GOODS = [
    ("HUILA-250", "coffee", 1150, 520), ("YIRGA-250", "coffee", 1290, 610), ("HOUSE-1000", "coffee", 2890, 1350),
    ("ESPRESSO-250", "espresso", 1090, 480), ("ESPRESSO-1000", "espresso", 3190, 1420),
    ("FILTER-100", "equipment", 450, 150), ("KETTLE", "equipment", 5900, 3300), ("GRINDER", "equipment", 8900, 5600),
    ("COURSE", "course", 3500, 900),
]
WEIGHTS = [9, 6, 4, 8, 4, 5, 1, 1, 2]
CHANNELS = ["shop", "web", "friend", "fair", "search"]


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def customers(draw):
    rows = []
    for locale, country, zone, cities, dialling, names in PEOPLE:
        for name in names:
            number = 1001 + len(rows)
            first, last = name.rsplit(" ", 1) if name.startswith("{{") else name.split(" ", 1)
            joined = datetime.date(2024, 1, 8) + datetime.timedelta(days=draw.randrange(690))
            tags = [tag for tag, share in [("barista", 0.3), ("vip", 0.15), ("subscriber", 0.2)] if draw.random() < share]
            rows.append({
                "id": f"c-{number}",
                "email": f"{locale}.{number}@{draw.choice(['example.com', 'example.org', 'mail.example'])}",
                "first_name": first, "last_name": last,
                "phone": f"{dialling} {draw.randrange(10**5, 10**6)}",
                "locale": locale, "timezone": zone, "country": country, "city": draw.choice(cities),
                "birthday": datetime.date(1955, 1, 1) + datetime.timedelta(days=draw.randrange(18000)),
                "gender": draw.choice(["female", "male", ""]), "tags": "|".join(tags),
                "channel": draw.choice(CHANNELS), "acquisition_cost": f"{money(draw.randrange(0, 1500))} EUR",
                "joined": joined, "consent": "subscribed",
                "attributes.grinder": draw.choice(["own", "shop", ""]),
                "attributes.plan": draw.choice(["pro", "basic", "", ""]),
            })
    # A few of whom less is known, and who are not to be mailed.
    for row in rows[3::17]:
        row.update({"first_name": "", "last_name": "", "phone": "", "birthday": "", "gender": "", "city": ""})
    rows[8]["consent"], rows[41]["consent"] = "unsubscribed", "pending"
    return rows


def orders(draw, people):
    # Most customers buy now and then, a few buy a lot.
    appetite = [draw.paretovariate(1.6) for _ in people]
    dated = []
    for _ in range(ORDERS):
        person = draw.choices(people, appetite)[0]
        day = LAST_DAY - datetime.timedelta(days=draw.randrange(353))
        at = datetime.datetime.combine(day, datetime.time(draw.randrange(8, 20), draw.randrange(60)))
        dated.append((at, person))
    rows = []
    for number, (at, person) in enumerate(sorted(dated, key=lambda order: (order[0], order[1]["id"])), start=5001):
        channel = draw.choice(["web", "shop", "app"])
        for good in dict.fromkeys(draw.choices(GOODS, WEIGHTS, k=draw.choice([1, 1, 2, 2, 3]))):
            sku, category, price, cost = good
            quantity = draw.choice([1, 1, 1, 2])
            rows.append({
                "id": f"o-{number}", "customer": person["id"], "at": at.strftime("%Y-%m-%d %H:%M"),
                "total": money(price * quantity), "currency": "EUR", "category": category, "sku": sku,
                "quantity": quantity, "channel": channel, "cost": money(cost * quantity),
            })
    return rows


def write(name, rows):
    with open(FOLDER / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    draw = random.Random(2026)
    people = customers(draw)
    write("customers.csv", people)
    write("orders.csv", orders(draw, people))
