"""A mail server that keeps what it is sent, as much of SMTP as a client needs."""

import email
import threading
from contextlib import contextmanager
from email import policy
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
    refuses = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mails, self.came = [], threading.Condition()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def wait_for(self, number):
        """The mails that have come, when there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.mails) >= number, timeout=30)
            return self.mails


class Handler(StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            match line.split()[0].upper():
                case "QUIT":
                    return self.say("221 bye")
                case "MAIL" if self.server.refuses:
                    self.say("451 not now")
                case "DATA":
                    self.say("354 go on")
                    self.keep()
                    self.say("250 kept")
                case _:
                    self.say("250 ok")

    def keep(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        with self.server.came:
            mail = email.message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.mails.append(mail)
            self.server.came.notify_all()


@contextmanager
def running_mail_server():
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
