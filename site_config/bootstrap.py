"""Makes `.venv` and installs the pinned requirements into it. Runs on whatever python3 the machine has.

    python3 site_config/bootstrap.py base|dev [--port PORT]

Standard library only, and readable by old versions, so that they can be told that they are too old. A finished
set-up leaves a stamp; the next run sees it and is done at once.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")


def stop(sentence):
    sys.stderr.write(sentence + "\n")
    raise SystemExit(1)


def check_python():
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop(
            "OSP Budget needs Python 3.%d to 3.%d, and this is Python %d.%d: name another one with "
            "make PYTHON=python3.%d." % (OLDEST[1], NEWEST[1], sys.version_info[0], sys.version_info[1], NEWEST[1] - 1)
        )


def check_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("Python's venv module is missing: on Debian and Ubuntu, apt install python3-venv brings it.")


def check_port(port):
    if not port.isdecimal() or not 0 < int(port) < 65536:
        stop("PORT must be a number from 1 to 65535, not %r." % port)
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(port)))
    except PermissionError:
        stop("Port %s may not be used by you: choose one above 1023, such as make demo PORT=8001." % port)
    except OSError:
        stop("Port %s is taken: choose another, such as make demo PORT=%d." % (port, int(port) + 1))
    finally:
        probe.close()


def fingerprint(kind):
    digest = hashlib.sha256(sys.version.encode())
    with open(os.path.join(ROOT, "requirements", kind + ".txt"), "rb") as file:
        digest.update(file.read())
    return digest.hexdigest()


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def is_installed(kind):
    """The development set holds the base set, so it serves for both."""
    return os.path.exists(VENV_PYTHON) and any(
        read(stamp(one)) == fingerprint(one) for one in ("dev", "base") if one in (kind, "dev")
    )


def stamp(kind):
    return os.path.join(VENV, "installed-" + kind)


def install(kind):
    make_venv()
    requirements = os.path.join(ROOT, "requirements", kind + ".txt")
    with open(requirements) as file:
        total = sum("==" in line for line in file)
    print("Installing up to %d packages into .venv (once, about a minute)" % total)
    command = [
        VENV_PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--disable-pip-version-check",
        "-r",
        requirements,
    ]
    failed, tail = run_shown(command, total)
    if failed:
        stop("The packages could not be installed. pip said: " + (tail or "nothing"))
    with open(stamp(kind), "w") as file:
        file.write(fingerprint(kind))


def make_venv():
    """One made by another Python is made anew; new requirements go into the one that is there."""
    if os.path.isdir(VENV) and python_of_venv() != sys.version_info[:2]:
        shutil.rmtree(VENV)
    if not os.path.exists(VENV_PYTHON):
        print("Making .venv")
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


def python_of_venv():
    try:
        version = subprocess.check_output([VENV_PYTHON, "-c", "import sys; print(sys.version_info[:2])"])
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(part) for part in version.decode().strip("()\n ").split(","))


def run_shown(command, total):
    """Runs pip with a counter line in place of its hundreds; returns whether it failed and its last error line."""
    seen, tail = 0, ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            if line.startswith("Collecting "):
                seen += 1
                show("  %d of up to %d: %s" % (seen, total, line.split()[1].split("==")[0]))
            elif line.startswith("Installing collected packages"):
                show("  unpacking %d packages" % seen)
            elif line.startswith("ERROR"):
                tail = tail or line.strip()
    print("")
    return process.returncode != 0, tail


def show(text):
    end = "\r" if sys.stdout.isatty() else "\n"
    sys.stdout.write(text.ljust(60) + end if sys.stdout.isatty() or "unpacking" in text else "")
    sys.stdout.flush()


def main(arguments):
    kind = arguments[0]
    check_python()
    if arguments[1:2] == ["--port"]:
        check_port("".join(arguments[2:3]))
    check_venv()
    if is_installed(kind):
        return
    try:
        install(kind)
    except subprocess.CalledProcessError:
        stop("The virtual environment could not be made: on Debian and Ubuntu, apt install python3-venv helps.")
    except OSError as error:
        stop("The folder %s cannot be written to: %s." % (ROOT, error.strerror))


if __name__ == "__main__":
    main(sys.argv[1:])
