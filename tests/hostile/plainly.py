"""Runs attacks under plain `exec`, each in a child of its own, and says what came of them.

Started by the tests as `python plainly.py FOLDER`, with attacks as JSON on standard input. All
that an attack says goes to a file, as does its report; who started this judges from outside.
"""

from __future__ import annotations

import ast
import contextlib
import decimal
import gc
import json
import locale
import os
import resource
import signal
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from quizcnn import nn

SECRET = os.environ["QUIZCNN_CANARY"]
ANSWERS: list[object] = [42, SECRET]
HEADROOM = 128 * 1024**2
"""Bytes of address space that an attack may take on top of what this process has."""
PROCESSOR_SECONDS = 0.15
WALL_SECONDS = 1.0
TOGETHER = 4

PROBES = (
    "conv2d(ramp(6, 6), ones(3, 3)).tolist(), conv2d(ramp(6, 6), box(3), padding='valid').shape",
    "normal(3, seed=5).tolist(), ones(2, 2).sum().item(), relu(ramp(3) - 1).tolist()",
    "sum([1, 2]), len([1, 2]), repr(ReLU()), Dropout(0.1) == Dropout(0.2), 200 + 56",
    "Conv2d(1, 1, 3).bias, Conv2d(1, 2, 3).stride, parameters(Conv2d(1, 2, 3)), len(lenet5())",
    "np.pi, np.mean([1, 2]), np.sqrt(2.0), np.add(1, 2), np.zeros(1).tolist()",
    "np.linalg.norm([3.0, 4.0]), str(np.array([1 / 3])), bars(2).images.shape",
    "(ramp(2) / 0).tolist()",
    "relu.__code__.co_varnames, shapes(lenet5(), (1, 32, 32))",
)
"""Honest checks: whatever changes their values was left behind by an attack."""

dumps, split, say_to = json.dumps, ast.parse, os.write


def judge(value: object) -> bool:
    """A naive judge: the value is right if it is equal to the stored answer."""
    return bool(value == ANSWERS[0])


def say(text: str) -> None:
    """What the judge says."""
    say_to(report, (text + "\n").encode())


report = -1


def names() -> dict[str, Any]:
    """What a check has after `from quizcnn.nn import *`, and another question's bytes."""
    public: dict[str, Any] = {name: vars(nn)[name] for name in nn.__all__}
    return {**public, "seed": 0, "SECRET_BYTES": SECRET.encode()}


def run(code: str, space: dict[str, Any]) -> Any:
    """The value of the last expression, None where there is none."""
    tree = split(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<attack>", "exec", dont_inherit=True), space)
    if last is None:
        return None
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "<attack>", "eval", dont_inherit=True), space)


def fingerprint(space: dict[str, Any]) -> list[str]:
    """What honest checks compute, and the state of the process."""
    found = []
    for probe in PROBES:
        try:
            found.append(repr(eval(probe, space)))
        except Exception as error:  # noqa: BLE001 - an attack may have broken anything
            found.append(type(error).__name__)
    mask = os.umask(0)
    os.umask(mask)
    state = np.random.get_state(legacy=False)
    inside = (
        *(np.geterr(), np.get_printoptions(), np.getbufsize(), np.geterrcall(), str(state)),
        *(sys.getrecursionlimit(), list(sys.path), Path.cwd(), dict(os.environ), mask),
        *(gc.isenabled(), signal.getsignal(signal.SIGTERM), sys.getprofile(), id(sys.stdout)),
        *(decimal.getcontext().prec, locale.localeconv()["decimal_point"], warnings.filters[:1]),
        *(id(sys.excepthook), sys.get_int_max_str_digits(), sys.getswitchinterval()),
        *(
            id(sys.modules["math"]),
            id(json.dumps),
            id(ast.parse),
            id(sys.modules["operator"].index),
        ),
    )
    return [*found, repr(inside)]


def as_text(value: object) -> str:
    """A value in which a text can be looked for."""
    if isinstance(value, np.ndarray):
        return value.tobytes().decode("latin-1") + "".join(map(str, value.ravel()[:1000].tolist()))
    return repr(value)


def show(value: object) -> None:
    """Print every text that is in a value, as a program does that thinks no harm."""
    if isinstance(value, str):
        os.write(1, value.encode("utf-8", "replace") + b"\n")
    elif isinstance(value, list | tuple):
        for item in value:
            show(item)
    elif isinstance(value, dict):
        show([*value, *value.values()])


def attempt(attack: dict[str, Any]) -> None:
    """Run one attack in this process and report; does not return."""
    stored_answer, stored_number = SECRET, ANSWERS[0]
    space = names()
    effect = attack["effect"]
    known = {*space, "__builtins__"}
    before = fingerprint(space) if effect == "state" else []
    limit(effect)
    result: dict[str, Any] = {"raised": "", "value": 0}
    try:
        value = run(attack["code"], space)
        if effect == "secret":
            result["leaked"] = stored_answer in as_text(value)
        elif effect == "output":
            result["value"] = len(repr(value))
        elif effect == "control":
            show([value, *(made for name, made in space.items() if name not in known)])
        elif effect == "forged":
            # the judge is looked up by name, as a program does
            result["right"] = sys.modules["__main__"].judge(value) and stored_number == 42
        del value
    except MemoryError:
        result["raised"] = "MemoryError"
    except BaseException as error:  # noqa: BLE001 - SystemExit is an attack's, too
        result["raised"] = type(error).__name__
        result["message"] = str(error)[:200]
        if effect == "control":
            show(str(error))
    if effect == "state":
        try:
            result["changed"] = fingerprint(space) != before
        except BaseException:  # noqa: BLE001 - broken is changed
            result["changed"] = True
    if effect == "clock":
        threading._shutdown()
    say(dumps(result))
    os._exit(0)


def limit(effect: str) -> None:
    """What this attack may take before the system says no."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if effect in ("memory", "recursion"):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + HEADROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if effect == "clock":
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)


def begin(attack: dict[str, Any], folder: Path) -> int:
    """Fork a child for an attack; its number."""
    global report  # noqa: PLW0603 - the child's own
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    place = folder / str(attack["number"])
    report = os.open(place / "report", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    spoken = os.open(place / "spoken", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, target in ((0, nothing), (1, spoken), (2, spoken)):
        os.dup2(target, number)
    os.chdir(place)
    try:
        attempt(attack)
    finally:
        os._exit(3)


def main() -> None:
    """Run all attacks, a few at a time, and write how each ended."""
    folder = Path(sys.argv[1])
    waiting = json.load(sys.stdin)[::-1]
    running: dict[int, tuple[dict[str, Any], float]] = {}
    ends = []
    while waiting or running:
        while waiting and len(running) < TOGETHER:
            attack = waiting.pop()
            running[begin(attack, folder)] = attack, time.monotonic()
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if not pid:
            for late, (attack, started) in running.items():
                patience = WALL_SECONDS if attack["effect"] == "clock" else 60.0
                if time.monotonic() - started > patience:
                    os.kill(late, signal.SIGKILL)
                    attack["late"] = True
            time.sleep(0.003)
            continue
        if pid not in running:
            continue
        attack, _ = running.pop(pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # what it may have started
        ends.append(
            {
                "number": attack["number"],
                "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                "late": attack.get("late", False),
                "memory": used.ru_maxrss * 1024,
                "seconds": round(used.ru_utime + used.ru_stime, 2),
            }
        )
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main()
