"""What was read, what it claims, who decided, and the records that follow."""

from .approval import Approval, ApprovalRequest
from .batch import Batch, BatchItem
from .changes import Change, ChangeEpoch
from .log import Claim, Judgement, Mention, Settlement, Verdict
from .pairs import CandidatePair
from .records import Binding, Record, SettledField, mint_id, record_link
from .sources import Article, Band, ImportedRow, Outlet, OutletRating, Run, Snapshot, append_only

__all__ = [
    "Approval",
    "ApprovalRequest",
    "Article",
    "Band",
    "Batch",
    "BatchItem",
    "Binding",
    "CandidatePair",
    "Change",
    "ChangeEpoch",
    "Claim",
    "ImportedRow",
    "Judgement",
    "Mention",
    "Outlet",
    "OutletRating",
    "Record",
    "Run",
    "SettledField",
    "Settlement",
    "Snapshot",
    "Verdict",
    "append_only",
    "mint_id",
    "record_link",
]
