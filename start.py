#!/usr/bin/env python3
"""Set sinobel up and use it, with nothing installed before but Python (3.11 or newer) and pip.

python3 start.py run      set up, simulate the baseline and four policy options, draw charts into results/first-look
python3 start.py test     set up, run the tests
python3 start.py lint     set up, check style and types
python3 start.py -- ...   set up, then run any sinobel command on the files of the folder you are in, for example:
                          python3 start.py -- levers
"""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
LOCKS = {"run": "requirements.lock", "develop": "requirements-dev.lock"}
COMPILED = HERE / "requirements-compiled.lock"  # what compiles functions of the world; not every machine has it
OURS = "made-by-start.py"  # a file that tells an environment of this script from one of the user's
OLDEST_PYTHON, OLDEST_PIP = (3, 11), (22, 3)


def python() -> Path:
    """The interpreter of the project's own environment."""
    return HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(lock: Path) -> str:
    """What an installation is made of: the locks and the interpreter."""
    content = b"".join(each.read_bytes() for each in (lock, COMPILED) if each.exists()).replace(b"\r\n", b"\n")
    return f"{lock.name} {hashlib.sha256(content).hexdigest()} {sys.version}\n"


def pip_reaches_out() -> bool:
    """True when the pip at hand can install into another environment (pip 22.3 and newer)."""
    try:
        text = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.match(r"pip (\d+)\.(\d+)", text.stdout)
    return bool(found) and (int(found[1]), int(found[2])) >= OLDEST_PIP


def try_lock(handle: int) -> bool:
    """Lock an open file for this process and those it hands the file to, unless others hold it."""
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, 1 << 30, os.SEEK_SET)
        lock = lambda: msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # noqa: E731
    else:
        import fcntl

        lock = lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # noqa: E731
    try:
        lock()
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # others: a disk without locks
    return True


@contextlib.contextmanager
def alone():
    """Set up alone: the system holds a lock on this very file, until pip has ended too. Yields the locked file."""
    with open(__file__, "rb") as script:
        if not try_lock(script.fileno()):
            print("Another start is setting up; waiting for it.", flush=True)
            while not try_lock(script.fileno()):
                time.sleep(0.2)
        yield script.fileno()


def make_environment(with_pip: bool) -> None:
    """An empty environment in the place of whatever an interrupted start has left. One of the user's is refused."""
    try:
        there = list(HOME.iterdir()) if HOME.is_dir() else []
        if there and not any(each.name == OURS or each.match("installed-*") for each in there):
            sys.exit(f"{HOME} was not made by start.py, so it stays. Give it another name and start again.")
        HOME.mkdir(parents=True, exist_ok=True)
        (HOME / OURS).touch()
        for each in there:
            if each.name != OURS:
                shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
        venv.create(HOME, with_pip=with_pip, symlinks=os.name != "nt")
    except OSError as error:
        sys.exit(f"{HOME} cannot be made: {error.strerror or error}. Put the project where you may write.")
    except subprocess.CalledProcessError:
        shutil.rmtree(HOME, ignore_errors=True)
        sys.exit("This Python has no pip. Install it (on Debian and Ubuntu: apt install python3-venv python3-pip).")


def is_installed(lock: Path) -> bool:
    """True when the environment is there and whole, with exactly what a lock names."""
    mark = HOME / f"installed-{lock.stem}"
    return python().exists() and mark.exists() and mark.read_text() == stamp(lock)


def install(lock: Path) -> None:
    """Make the environment and install exactly what the lock names. An interrupted installation starts anew."""
    if is_installed(lock):
        return
    with alone() as held:
        if not is_installed(lock):  # else another start has just done it
            print(f"Setting up ({lock.name}); this happens once.", flush=True)
            set_up(lock, held)


def obeyed(command: list[str], held: int, errors: int | None = None) -> int:
    """Exit code of pip. Interrupted it ends its own process first, which would work on if pip were killed."""
    with subprocess.Popen(command, pass_fds=() if os.name == "nt" else (held,), stderr=errors) as pip:
        try:
            return pip.wait()
        except KeyboardInterrupt:
            if os.name != "nt":
                pip.send_signal(signal.SIGINT)
            pip.wait()
            raise


def set_up(lock: Path, held: int) -> None:
    """Install what the lock names.

    held  a locked file that pip keeps open: when this script is killed pip may still work, and the next start must wait
    """
    mark = HOME / f"installed-{lock.stem}"
    outer = pip_reaches_out()
    if not any(is_installed(HERE / each) for each in LOCKS.values()):  # what is whole is only added to
        make_environment(with_pip=not outer)
    mark.unlink(missing_ok=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python())] if outer else [str(python()), "-m", "pip"]
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile", "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", *options, "-r"]
    if obeyed([*command, str(lock)], held):
        sys.exit("Setting up failed; the messages above are pip's. Nothing outside .venv was changed.")
    if COMPILED.exists() and obeyed([*command, str(COMPILED)], held, subprocess.DEVNULL):
        print("llvmlite could not be installed: simulations take longer, with the same numbers.", flush=True)
    site = subprocess.run(
        [str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (Path(site.stdout.strip()) / "sinobel.pth").write_text(str(HERE / "src"), encoding="utf-8")
    half = HOME / "installing"
    half.write_text(stamp(lock))
    half.replace(mark)


def go(*arguments: str, where: Path | None = HERE) -> int:
    """Run Python of the environment with some arguments, in the project's folder or, with None, where the user is."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without bytecode the libraries import four times slower
    environment.pop("PYTHONPATH", None)
    try:
        return subprocess.run([str(python()), *arguments], cwd=where, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def main(words: list[str]) -> int:
    """Do what the words ask."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"sinobel needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer; this is {sys.version.split()[0]}."
        )
    task, rest = (words[0], words[1:]) if words else ("", [])
    if task not in ("run", "test", "lint", "--"):
        print(__doc__)
        return 0 if task in ("", "-h", "--help") else 2
    install(HERE / LOCKS["develop" if task in ("test", "lint") else "run"])
    if task == "run":
        return go("-m", "sinobel.cli", "first-look", *rest)
    if task == "test":
        return go("-m", "pytest", *(rest or ["-n", "auto"]))
    if task == "lint":
        checks = (["-m", "ruff", "check", "."], ["-m", "ruff", "format", "--check", "."], ["-m", "mypy"])
        return max(go(*check) for check in checks)
    return go("-P", "-m", "sinobel.cli", *rest, where=None)  # -P: nothing that lies there is taken for a library


def ended(words: list[str]) -> int:
    """Do what the words ask; whatever goes wrong is told in one message."""
    try:
        code = main(words)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit("Interrupted; the same command goes on from what is finished.")
    except BrokenPipeError:  # nobody reads any more; Python must not try again when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        if sys.stdout is not None and error.filename is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"The system refused: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"The environment in {HOME} does not work ({error}); delete that folder and start again.")
    return code


if __name__ == "__main__":
    sys.exit(ended(sys.argv[1:]))
