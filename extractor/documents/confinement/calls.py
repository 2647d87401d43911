"""The seccomp filter of the reader, compiled in the parent with libseccomp.

The reader may read, use its memory and write to what is open already. Everything else
answers EPERM; starting a program, a process or a connection kills it at once.
"""

from __future__ import annotations

import tempfile
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyseccomp import SyscallFilter

_ALLOWED = (
    "access arch_prctl brk clock_gettime clock_getres clock_nanosleep close dup dup3 exit "
    "exit_group faccessat faccessat2 fadvise64 fcntl fstat fstatfs futex getcwd getdents64 "
    "getegid geteuid getgid getpid getppid getrandom getresgid getresuid getrlimit getrusage "
    "gettid gettimeofday getuid lseek lstat madvise membarrier mmap mprotect mremap munmap "
    "nanosleep newfstatat pread64 prlimit64 read readlink readlinkat readv restart_syscall "
    "rseq rt_sigaction rt_sigprocmask rt_sigreturn sched_getaffinity sched_yield "
    "set_robust_list set_tid_address sigaltstack stat statx sysinfo tgkill time times uname "
    "write writev"
)

_KILLED = (
    "accept accept4 bind bpf clone3 connect execve execveat fork io_uring_setup kill listen "
    "mount open_by_handle_at pidfd_open process_vm_readv process_vm_writev ptrace sendmsg "
    "sendto setns socket socketpair unshare userfaultfd vfork"
)

# O_ACCMODE, O_CREAT, O_TRUNC and O_APPEND: none of them may be set.
_WRITING_FLAGS = 0o3 | 0o100 | 0o1000 | 0o2000
_EPERM = 1


@cache
def compiled() -> bytes | None:
    """The filter as a BPF program, or None where libseccomp is not installed."""
    try:
        import pyseccomp as seccomp  # noqa: PLC0415  (raises without libseccomp)
    except (ImportError, OSError, RuntimeError):
        return None
    program = seccomp.SyscallFilter(defaction=seccomp.ERRNO(_EPERM))
    for name in _ALLOWED.split():
        _add(seccomp, program, seccomp.ALLOW, name)
    for name in _KILLED.split():
        _add(seccomp, program, seccomp.KILL_PROCESS, name)
    reading = seccomp.Arg(2, seccomp.MASKED_EQ, _WRITING_FLAGS, 0)
    program.add_rule(seccomp.ALLOW, "openat", reading)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return file.read()


def _add(seccomp: ModuleType, program: SyscallFilter, action: int, name: str) -> None:
    """Add a rule unless this processor's kernel has no such call."""
    if seccomp.resolve_syscall(seccomp.system_arch(), name) >= 0:
        program.add_rule(action, name)
