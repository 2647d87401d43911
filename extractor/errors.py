"""The one exception tree of declarant.

    DeclarantError
    ├── UsageError              the call itself is wrong
    ├── InputError              a case file cannot be read
    │   ├── EmptyInputError         no bytes at all
    │   ├── UnsupportedInputError   not a kind of file declarant reads
    │   ├── EncryptedInputError     a password is needed
    │   ├── DamagedInputError       its structure is broken beyond repair
    │   └── OversizedInputError     over a budget of pages, glyphs, pixels or bytes
    ├── SandboxError            the reader process could not do its work
    │   ├── SandboxUnavailableError no confinement on this machine
    │   ├── ReaderTimeoutError      processor budget used up
    │   ├── ReaderMemoryError       memory budget used up
    │   └── ReaderCrashedError      the reader died
    ├── EnvironmentFaultError   this machine lacks something
    │   ├── MissingProgramError     an external program is not installed
    │   ├── DiskFullError           nothing more can be written
    │   └── ModelUnusableError      weights missing, or answering differently than stored
    ├── StoreError              the store refuses
    │   ├── NotFoundError
    │   ├── ConflictError           a decision contradicts an earlier one, or is out of date
    │   ├── UnreadFilesError        files of the case were not read, and nobody said so
    │   ├── KeyUnavailableError     no key, or not the one that encrypted this
    │   └── MigrationNeededError
    └── PermissionDeniedError   the person may not do this
        └── SignInNeededError       nobody is signed in

Invariant: a message never contains text of a statement, a name or an identifier of a
person; it may contain the file's own name, page numbers and limits. `code` is stable and
searchable; `advice` tells the user what to do next.
"""

from __future__ import annotations

__all__ = [
    "ConflictError",
    "DamagedInputError",
    "DeclarantError",
    "DiskFullError",
    "EmptyInputError",
    "EncryptedInputError",
    "EnvironmentFaultError",
    "InputError",
    "KeyUnavailableError",
    "MigrationNeededError",
    "MissingProgramError",
    "ModelUnusableError",
    "NotFoundError",
    "OversizedInputError",
    "PermissionDeniedError",
    "ReaderCrashedError",
    "ReaderMemoryError",
    "ReaderTimeoutError",
    "SandboxError",
    "SandboxUnavailableError",
    "SignInNeededError",
    "StoreError",
    "UnreadFilesError",
    "UnsupportedInputError",
    "UsageError",
]


class DeclarantError(Exception):
    """Root of every error that declarant raises on purpose.

    Class attributes: `code` (stable, `D` and three digits), `advice` (one sentence for the
    user), `exit_status` (of the command line) and `http_status` (of the API).
    """

    code = "D000"
    advice = "Report this with its code."
    exit_status = 1
    http_status = 500

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if advice is not None:
            self.advice = advice

    def line(self) -> str:
        """The error in one line: code, message and advice."""
        return f"{self.code} {self.message} {self.advice}".replace("\n", " ")


class UsageError(DeclarantError):
    """The call itself is wrong."""

    code = "D100"
    advice = "See --help."
    exit_status = 2
    http_status = 400


class InputError(DeclarantError):
    """A case file cannot be read."""

    code = "D200"
    advice = "Check the file and send it again."
    http_status = 422


class EmptyInputError(InputError):
    """The file has no bytes, or no pages."""

    code = "D201"
    advice = "Scan or export it again; nothing was in it."


class UnsupportedInputError(InputError):
    """The bytes are no kind of file that declarant reads, whatever the name says."""

    code = "D202"
    advice = "Send PDF, PNG, JPEG, TIFF, DOCX or plain text."
    http_status = 415


class EncryptedInputError(InputError):
    """A password is needed to open the file."""

    code = "D203"
    advice = "Remove the password and send it again."


class DamagedInputError(InputError):
    """The structure of the file is broken and repair did not help."""

    code = "D204"
    advice = "Fetch a whole copy from its source; this one is cut off or damaged."


class OversizedInputError(InputError):
    """The file is over a budget of bytes, pages, glyphs or pixels."""

    code = "D205"
    advice = "Split the file and send the parts."
    http_status = 413


class SandboxError(DeclarantError):
    """The confined reader process could not do its work."""

    code = "D300"
    advice = "The file was left unread; send it to your operator."
    http_status = 422


class SandboxUnavailableError(SandboxError):
    """This machine offers no confinement for untrusted files."""

    code = "D301"
    advice = "Install bubblewrap, or use a kernel with Landlock."
    http_status = 503


class ReaderTimeoutError(SandboxError):
    """The reader used up its processor budget."""

    code = "D302"
    advice = "The file costs more time than any honest one; inspect where it came from."


class ReaderMemoryError(SandboxError):
    """The reader used up its memory budget."""

    code = "D303"
    advice = "The file costs more memory than any honest one; inspect where it came from."


class ReaderCrashedError(SandboxError):
    """The reader process died."""

    code = "D304"
    advice = "The file breaks its reader; inspect where it came from."


class EnvironmentFaultError(DeclarantError):
    """This machine lacks something that declarant needs."""

    code = "D400"
    advice = "Run scripts/serve once to install what is missing."
    http_status = 503


class MissingProgramError(EnvironmentFaultError):
    """An external program is not installed."""

    code = "D401"


class DiskFullError(EnvironmentFaultError):
    """Nothing more can be written."""

    code = "D402"
    advice = "Free some disk and run the same command again; nothing half-written was left."
    http_status = 507


class ModelUnusableError(EnvironmentFaultError):
    """The weights are missing, or answer differently than when they were released."""

    code = "D403"
    advice = "Reinstall the released weights and the pinned libraries."


class StoreError(DeclarantError):
    """The store refuses."""

    code = "D500"
    advice = "Nothing was changed."


class NotFoundError(StoreError):
    """No such thing, or not for this person: the two are never told apart."""

    code = "D501"
    http_status = 404


class ConflictError(StoreError):
    """A decision contradicts an earlier one, or was made on an outdated page."""

    code = "D502"
    advice = "Reload the page, look at what changed and decide again."
    http_status = 409


class KeyUnavailableError(StoreError):
    """No key, or not the key that encrypted this."""

    code = "D503"
    advice = "Give declarant the key file or key service that this store was made with."
    http_status = 503


class MigrationNeededError(StoreError):
    """The tables are older or newer than this version of declarant."""

    code = "D504"
    advice = "Run declarant migrate."
    http_status = 503


class UnreadFilesError(StoreError):
    """Files of the case could not be read, and whoever confirms did not say that they know."""

    code = "D505"
    advice = (
        "Go back and reload the review: it names the files. Tick that you know of them, "
        "then confirm; every decision is kept."
    )
    http_status = 409


class PermissionDeniedError(DeclarantError):
    """The person signed in may not do this."""

    code = "D600"
    advice = "Ask an administrator for the permission."
    http_status = 403


class SignInNeededError(PermissionDeniedError):
    """Nobody is signed in, or the session is over."""

    code = "D601"
    advice = "Sign in with the link that your administrator or the server gave you."
    http_status = 401
