"""`unshare -rm python tests/fulldisk.py FOLDER [SIZE...]`: the stages driven directly on a disk of so many KiB.

The disk is a tmpfs in a mount namespace of this process's own. Each time the work is begun until it says that it cannot
go on, and done again once the disk has grown; last, on a disk that is made read-only in the middle. A line of JSON
tells the size, what was said, and what the tables say afterwards.
"""

import json
import subprocess
import sys
from pathlib import Path

from stagework import answers, finished, forked, killed, os, say, worked

ROOMY = "512m"


def mounted(place, *options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", place], check=True)


def remounted(place, *options):
    subprocess.run(["mount", "-o", ",".join(("remount", *options)), place], check=True)


def refused(folder):
    """Begin the work; the kind of error that ended it and its words, None if it came through."""
    said = Path(f"{folder}.said")
    said.unlink(missing_ok=True)

    def work():
        try:
            worked(folder)
        except Exception as error:  # noqa: BLE001 - which one it is, is the question
            kinds = [each.__name__ for each in type(error).__mro__]
            said.write_text(json.dumps({"kinds": kinds, "said": str(error)}))

    _, status = os.waitpid(forked(work), 0)
    assert status == 0
    return json.loads(said.read_text()) if said.exists() else None


def main(folder, sizes):
    list(answers())
    for size in sizes:
        place = Path(folder) / size
        place.mkdir(parents=True)
        mounted(place, f"size={size}k")
        error = refused(place)
        remounted(place, f"size={ROOMY}")
        say(finished(place) | {"size": size, "error": error})
    place = Path(folder) / "read-only"
    place.mkdir(parents=True)
    mounted(place, f"size={ROOMY}")
    killed(place, 1.0)
    remounted(place, "ro")
    error = refused(place)
    remounted(place, "rw")
    say(finished(place) | {"size": "read-only", "error": error})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
