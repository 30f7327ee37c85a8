"""Runs a module of these tests where packages of PyPI are installed, in an environment of its own.

    with_package.py PACKAGE[,PACKAGE...] MODULE

The first package is the one that is tested; an interpreter is taken that it can be imported in (PACKAGE:NAME where
its module has another name). Exit status 69, and why, where none has it: the wheels of openfhe are for Python 3.10
alone.
"""

import glob
import os
import subprocess
import sys
import tempfile

LACKS_PACKAGE = 69  # as make_wheel
VERSIONS = ("3.10", "3.11", "3.12", "3.13")


def interpreters():
    """Of every version one: in PATH, where pyenv keeps them, or this one."""
    for version in VERSIONS:
        name = "python" + version
        places = [os.path.join(folder, name) for folder in os.environ.get("PATH", "").split(":")]
        places += sorted(glob.glob(os.path.expanduser(f"~/.pyenv/versions/{version}*/bin/{name}")))
        found = [place for place in places if os.access(place, os.X_OK)]
        # One of pyenv's in PATH may only say that its version is not chosen.
        yield from [place for place in found if run([place, "-c", ""]).returncode == 0][:1]


def run(words, **options):
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )


def environment(python, packages, imported_as, folder):
    """The interpreter of a new environment, or None and why not."""
    made = run([python, "-m", "venv", folder])
    if made.returncode != 0:
        return None, made.stdout
    inside = os.path.join(folder, "bin", "python")
    installed = run(
        [inside, "-m", "pip", "-q", "--disable-pip-version-check", "--retries", "1", "--timeout", "10"]
        + ["install", "--only-binary=:all:"]  # where nothing answers, soon
        + packages
    )
    if installed.returncode != 0:
        return None, installed.stdout
    imported = run([inside, "-c", "import " + imported_as])
    return (inside, "") if imported.returncode == 0 else (None, imported.stdout)


def main():
    packages, module = sys.argv[1].split(","), sys.argv[2]
    packages[0], _, imported_as = packages[0].partition(":")
    why = "no Python of " + ", ".join(VERSIONS)
    with tempfile.TemporaryDirectory(prefix="equiripple-package-") as folder:
        for i, python in enumerate(interpreters()):
            inside, refused = environment(
                python, packages, imported_as or packages[0], os.path.join(folder, str(i))
            )
            if inside:
                sys.exit(subprocess.run([inside, "-m", "unittest", module], check=False).returncode)
            why = f"{python}: {(refused.strip().splitlines() or ['no reason'])[-1]}"
    print(f"{packages[0]} cannot be had: {why}", file=sys.stderr)
    sys.exit(LACKS_PACKAGE)


if __name__ == "__main__":
    main()
