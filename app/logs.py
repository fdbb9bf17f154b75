"""What is logged, and how: one JSON object a line on standard error.

Headers, bodies, queries of addresses and values of SQL are never logged: they hold keys, cookies
and what somebody looked for.
"""

from __future__ import annotations

import logging
import logging.config
from typing import Any, Literal

import structlog

LogLevel = Literal["debug", "info", "warning", "error"]


def log_config(level: LogLevel) -> dict[str, Any]:
    """Logs as `logging.config.dictConfig` sets them up; plain values, to be passed to a worker."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "app.logs.json_formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": level.upper(), "handlers": ["stderr"]},
        # The address of every request of ours; the worker has a line of its own for each page.
        "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
    }


def set_up_logs(level: LogLevel) -> None:
    """Log to standard error what this program and its libraries have to say, from a level on."""
    logging.config.dictConfig(log_config(level))


def json_formatter() -> logging.Formatter:
    """A formatter that makes one JSON object of each record, and `structlog` use it."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # As a text, without local variables: these hold what was sent.
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # In ASCII: a path may hold letters that steer the terminal which shows the log.
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )
