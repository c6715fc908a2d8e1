"""Composes the newsletter of `boon-bench compose` with Jinja2 and Python's `email`, and prints
the processor time that one message takes: {"seconds": ..., "bytes": ...}.

The templates are the same files; what Liquid calls `raw`, Jinja2 calls `safe`. Points and sums of orders come
ready with the data, which Boon folds out of ledger and orders for each message.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from datetime import datetime, timezone
from types import SimpleNamespace

from jinja2 import Environment
from markupsafe import Markup

ROUNDS = 5


class Composer:
    def __init__(self, letter):
        self.letter = letter
        self.key = b"\x07" * 32
        html = Environment(autoescape=True, keep_trailing_newline=True)
        text = Environment(autoescape=False, keep_trailing_newline=True)
        html.filters["raw"] = text.filters["raw"] = Markup
        self.layout_html = html.from_string(letter["layoutHTML"])
        self.layout_text = text.from_string(letter["layoutText"])
        self.module_html = html.from_string(letter["moduleHTML"])
        self.module_text = text.from_string(letter["moduleText"])
        self.subject = text.from_string(letter["subject"])
        self.items = [
            (item["title"], text.from_string(item["url"])) for item in letter["items"]
        ]
        self.date = format_datetime(datetime.fromtimestamp(letter["now"], timezone.utc))

    def token(self, purpose, customer, detail=""):
        payload = f"letter\0{customer}\0{detail}".encode()
        code = hmac.digest(self.key, purpose.encode() + b"\0" + payload, "sha256")[:16]
        encode = base64.urlsafe_b64encode
        return encode(payload).rstrip(b"=").decode() + "." + encode(code).rstrip(b"=").decode()

    def page(self, purpose, customer, detail=""):
        return f"https://news.example/{purpose}/{self.token(purpose, customer, detail)}"

    def compose(self, scope):
        customer = scope["customer"]
        identifier = customer["id"]
        unsubscribe = self.page("unsubscribe", identifier)
        links = {
            "unsubscribe": unsubscribe,
            "preferences": self.page("preferences", identifier),
            "browser": self.page("browser", identifier, "run"),
        }
        scope = {**scope, "links": links}
        items = [{"title": title, "url": url.render(scope)} for title, url in self.items]
        # Jinja2 finds a dictionary's method before its item, so the module is an object.
        module = SimpleNamespace(items=items)
        html = self.layout_html.render(
            scope, content=Markup(self.module_html.render(scope, module=module))
        )
        text = self.layout_text.render(
            scope, content=self.module_text.render(scope, module=module)
        )
        return self.message(customer, self.subject.render(scope), html, text, unsubscribe)

    def message(self, customer, subject, html, text, unsubscribe):
        identifier = customer["id"]
        bounce = hmac.digest(self.key, f"bounce\0letter\0{identifier}\0run".encode(), "sha256").hex()[:32]
        message_id = hashlib.sha256(f"run\0{identifier}".encode()).hexdigest()[:32]
        message = EmailMessage(policy=SMTP)
        message["From"] = Address("Kuldne Kohv", "tere", "kuldnekohv.example")
        message["To"] = Address(f"{customer['first_name']} {customer['last_name']}", addr_spec=customer["email"])
        message["Subject"] = subject
        message["Date"] = self.date
        message["Message-ID"] = f"<letter.{message_id}@kuldnekohv.example>"
        message["List-Id"] = "Kuldne Kohv <newsletter.kuldnekohv.example>"
        message["List-Unsubscribe"] = (
            f"<{unsubscribe}>, <mailto:bounce+{bounce}@kuldnekohv.example?subject=unsubscribe>"
        )
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Feedback-ID"] = "letter:newsletter:newsletter:kuldnekohv.example"
        message["X-Campaign"] = "letter"
        message.set_content(text)
        message.add_alternative(html, subtype="html")
        return bytes(message)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        letter = json.load(file)
    composer = Composer(letter)
    customers = letter["customers"]
    size = len(composer.compose(customers[0]))
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for customer in customers:
            composer.compose(customer)
        times.append((time.process_time() - begun) / len(customers))
    print(json.dumps({"seconds": sorted(times)[ROUNDS // 2], "bytes": size}))


if __name__ == "__main__":
    main()
