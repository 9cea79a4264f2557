"""An incident: a failure of ours, logged under a number that the person who met it can name."""

import logging
import secrets

from sqlalchemy.exc import DBAPIError

logger = logging.getLogger(__name__)


def record_incident(error: Exception, where: str) -> str:
    """Log what happened and return its number; what a statement carried is never logged."""
    incident = secrets.token_hex(4).upper()
    if isinstance(error, DBAPIError):
        told = {"incident": incident, "where": where, "error": type(error).__name__}
        message = "incident %s at %r: %s, %s"
        logger.error(message, incident, where, told["error"], type(error.orig).__name__, extra={"told": told})
    else:
        told = {"incident": incident, "where": where}
        logger.error("incident %s at %r", incident, where, exc_info=error, extra={"told": told})
    return incident
