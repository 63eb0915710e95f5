"""Where files lie, as seen by those who must go on when the storage does not answer."""

from botocore.exceptions import BotoCoreError, ClientError

# What opening, reading or writing a file raises when it is gone, or when nothing answers.
STORAGE_FAULTS = (OSError, BotoCoreError, ClientError)
