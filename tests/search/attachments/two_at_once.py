"""`python -m tests.search.attachments.two_at_once`: two threads read what waits on one site.

Each reads its first file while the other one reads its own. Prints which documents were read,
once for each reading, and the states that they have at the end.
"""

import json
import os
from threading import Barrier, Thread

import django

FILES, PATIENCE = 6, 60


def main() -> None:
    from django.db import connection

    from search.attachments import reading
    from search.indexing import reading as file_reading
    from search.models import FileText
    from tests.attached_files import sent

    both, read, outcome = Barrier(2, timeout=PATIENCE), [], file_reading.outcome

    def noted(document):
        read.append(document.pk)
        if len(read) <= 2:
            both.wait()
        return outcome(document)

    def drain():
        list(reading.drain())
        connection.close()

    for rank in range(FILES):
        sent(f"notes-{rank}.txt", b"Un mot")
    file_reading.outcome = noted
    threads = [Thread(target=drain) for _rank in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = FileText.objects.filter(pk__in=read).values_list("state", flat=True)
    print(json.dumps({"read": read, "states": list(states)}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.dev")
    django.setup()
    main()
