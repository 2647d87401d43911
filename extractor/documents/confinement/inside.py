"""The reader confines itself, before it has seen one untrusted byte.

1. resource limits: memory, processor time, no core file, no file of any size, no process;
2. no capability and no new privilege, death with the parent, closed to debuggers;
3. Landlock: reading below a few folders, nothing else, no network;
4. seccomp: the filter compiled by the parent.

Each step is repeated inside bubblewrap too: two walls are better than one. Only the
standard library is imported here.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Rights known to each version of Landlock: files, then networks, then scopes.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_FROM, _SCOPE_FROM = 4, 6

_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION = 0x20080522


class ConfinementFailedError(Exception):
    """A wall could not be put up; the reader must not go on."""


_libc = ctypes.CDLL(None, use_errno=True)


def limit_resources(address_space: int, cpu_seconds: int) -> None:
    """Cap memory and processor time; forbid cores, files and processes."""
    caps = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for what, cap in caps.items():
        resource.setrlimit(what, (cap, cap))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))


def drop_privileges(parent: int) -> None:
    """Give up every capability, and die when the parent does (0: it is in another world)."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent and os.getppid() != parent:
        raise ConfinementFailedError("the parent is gone")
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    call = _CAPSET.get(platform.machine())
    if call is not None and _libc.syscall(call, header, bytes(24)) != 0:
        raise ConfinementFailedError("capset")


def landlock_version() -> int:
    """The version of Landlock in this kernel; 0 or less when there is none."""
    return int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))


def restrict_files(readable: Sequence[str]) -> bool:
    """Allow reading below these folders and nothing else; False where there is no Landlock."""
    version = landlock_version()
    if version < 1:
        return False
    files = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    network = 0b11 if version >= _NETWORK_FROM else 0
    scopes = 0b11 if version >= _SCOPE_FROM else 0
    size = 24 if scopes else 16 if network else 8
    attributes = struct.pack("=QQQ", files, network, scopes)[:size]
    ruleset = _libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        raise ConfinementFailedError("landlock ruleset")
    for folder in readable:
        _allow_reading(ruleset, folder)
    if _libc.syscall(_RESTRICT_SELF, ruleset, 0) != 0:
        raise ConfinementFailedError("landlock restrict")
    os.close(ruleset)
    return True


def _allow_reading(ruleset: int, folder: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        rights = _READ_FILE | _READ_DIR if Path(folder).is_dir() else _READ_FILE
        rule = struct.pack("=Qi", rights, descriptor)
        failed = _libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
        os.close(descriptor)
        if failed:
            raise ConfinementFailedError("landlock rule")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def restrict_calls(bpf: bytes) -> None:
    """Install the seccomp filter; it can never be taken off again."""
    program = _Program(len(bpf) // 8, bpf)
    if _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise ConfinementFailedError("seccomp")


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        raise ConfinementFailedError("prctl")
