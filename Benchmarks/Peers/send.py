"""Sends the newsletter of `boon-bench send` with Python, and prints what a message takes: {"seconds": ..., "bytes": ...}.

    send.py smtplib FILE PORT SESSIONS       a thread for each session
    send.py aiosmtplib FILE PORT SESSIONS    a task for each session

Both compose with Jinja2 and `email`, as `compose.py` does. They record nothing: who is killed in the middle knows
of nobody who has had a message.
"""

import asyncio
import json
import smtplib
import sys
import threading
import time

from compose import Composer

ROUNDS = 3


def messages(composer, customers, session, sessions):
    for customer in customers[session::sessions]:
        yield customer["customer"]["email"], composer.compose(customer)


def send_with_threads(composer, customers, port, sessions):
    def run(session):
        with smtplib.SMTP("127.0.0.1", port) as relay:
            for recipient, message in messages(composer, customers, session, sessions):
                relay.sendmail("bounce@example.com", [recipient], message)

    threads = [threading.Thread(target=run, args=(session,)) for session in range(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send_with_tasks(composer, customers, port, sessions):
    import aiosmtplib

    async def run(session):
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as relay:
            for recipient, message in messages(composer, customers, session, sessions):
                await relay.sendmail("bounce@example.com", [recipient], message)

    async def run_all():
        await asyncio.gather(*(run(session) for session in range(sessions)))

    asyncio.run(run_all())


def main():
    library, path, port, sessions = sys.argv[1:]
    send = {"smtplib": send_with_threads, "aiosmtplib": send_with_tasks}[library]
    with open(path, encoding="utf-8") as file:
        letter = json.load(file)
    composer = Composer(letter)
    customers = letter["customers"]
    size = len(composer.compose(customers[0]))
    times = []
    for _ in range(ROUNDS):
        begun = time.monotonic()
        send(composer, customers, int(port), int(sessions))
        times.append((time.monotonic() - begun) / len(customers))
    print(json.dumps({"seconds": sorted(times)[ROUNDS // 2], "bytes": size}))


main()
