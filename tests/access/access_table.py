"""Who may do what on every route: the table. A new route needs its row here, or test_access fails.

A row names the least role that may: ANYONE, then STAFF (whoever may enter the admin), then the roles in their order;
NOBODY for what is refused to all. Each role may all that the one before it may.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidence.roles import ADMINISTRATOR, APPROVER, EDITOR, VIEWER

ANYONE, STAFF, NOBODY = "anyone", "staff", "nobody"
ORDER = [ANYONE, STAFF, VIEWER, EDITOR, APPROVER, ADMINISTRATOR, NOBODY]


@dataclass(frozen=True)
class Model:
    """The admin pages of a model: its list, rows and their histories; adding, changing and deleting."""

    view: str
    add: str = NOBODY
    change: str = NOBODY
    delete: str = NOBODY


RECORD = Model(VIEWER, EDITOR, EDITOR)
VOCABULARY = Model(VIEWER, EDITOR, EDITOR, ADMINISTRATOR)
LOG = Model(VIEWER)

MODELS = {
    "auth.group": Model(ADMINISTRATOR),
    "auth.user": Model(ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "axes.accessattempt": Model(ADMINISTRATOR, delete=ADMINISTRATOR),
    "axes.accessfailurelog": Model(ADMINISTRATOR),
    "axes.accesslog": Model(ADMINISTRATOR),
    "evidence.approval": LOG,
    "evidence.approvalrequest": LOG,
    "evidence.article": LOG,
    "evidence.band": LOG,
    "evidence.batch": LOG,
    "evidence.batchitem": LOG,
    "evidence.binding": LOG,
    "evidence.candidatepair": Model(VIEWER, change=EDITOR),
    "evidence.change": LOG,
    "evidence.changeepoch": LOG,
    "evidence.claim": LOG,
    "evidence.importedrow": LOG,
    "evidence.judgement": LOG,
    "evidence.mention": LOG,
    "evidence.outlet": Model(VIEWER, EDITOR, EDITOR),
    "evidence.outletrating": LOG,
    "evidence.record": LOG,
    "evidence.run": LOG,
    "evidence.settledfield": LOG,
    "evidence.settlement": LOG,
    "evidence.snapshot": LOG,
    "evidence.verdict": LOG,
    "funding.allocation": RECORD,
    "funding.contribution": RECORD,
    "funding.exchangerate": VOCABULARY,
    "funding.package": RECORD,
    "funding.packageitem": RECORD,
    "funding.programme": VOCABULARY,
    "ingest.factsimport": Model(VIEWER, ADMINISTRATOR),
    "ingest.intake": Model(VIEWER, EDITOR),
    "meetings.attendance": RECORD,
    "meetings.capability": VOCABULARY,
    "meetings.contactgroup": RECORD,
    "meetings.meeting": RECORD,
    "meetings.meetingtopic": RECORD,
    "meetings.membership": RECORD,
    "meetings.place": VOCABULARY,
    "meetings.statement": RECORD,
    "meetings.topic": VOCABULARY,
    "people.alliancemembership": VOCABULARY,
    "people.nation": VOCABULARY,
    "people.official": RECORD,
    "people.organisation": RECORD,
    "people.post": RECORD,
}

# Pages of every record's admin beside Django's own: method, and the least role.
RECORD_PAGES = {"decide": ("POST", EDITOR), "revert": ("POST", EDITOR), "sources": ("POST", EDITOR)}

# Every other route by its name, or by its pattern where it has none: method, and the least role.
ROUTES = {
    # Not found for those who may see nothing of the app.
    "admin:app_list": ("GET", STAFF),
    "admin:auth_user_password_change": ("GET", ADMINISTRATOR),
    "admin:autocomplete": ("GET", VIEWER),
    "admin:desk_contested": ("GET", VIEWER),
    "admin:desk_contested_item": ("GET", VIEWER),
    "admin:desk_contested_next": ("GET", VIEWER),
    "admin:desk_drift": ("GET", VIEWER),
    "admin:desk_drift_item": ("GET", VIEWER),
    "admin:desk_drift_next": ("GET", VIEWER),
    "admin:desk_queue": ("GET", VIEWER),
    "admin:desk_queue_item": ("GET", VIEWER),
    "admin:desk_queue_next": ("GET", VIEWER),
    # Undoes what the same person did; who decided nothing is told so.
    "admin:desk_undo": ("POST", VIEWER),
    "admin:evidence_approvalrequest_answer": ("POST", APPROVER),
    "admin:evidence_batch_accept": ("GET", EDITOR),
    "admin:evidence_batch_resume": ("POST", EDITOR),
    "admin:evidence_batch_revert": ("POST", EDITOR),
    "admin:evidence_candidatepair_compare": ("GET", VIEWER),
    "admin:evidence_candidatepair_merged": ("GET", VIEWER),
    "admin:evidence_candidatepair_unmerge": ("POST", EDITOR),
    "admin:index": ("GET", STAFF),
    "admin:ingest_factsimport_answer": ("POST", APPROVER),
    "admin:ingest_intake_reread": ("GET", ADMINISTRATOR),
    "admin:ingest_intake_reread_apply": ("POST", ADMINISTRATOR),
    "admin:ingest_intake_reread_resume": ("POST", ADMINISTRATOR),
    "admin:ingest_intake_reread_revert": ("POST", ADMINISTRATOR),
    "admin:jsi18n": ("GET", STAFF),
    "admin:login": ("GET", ANYONE),
    "admin:logout": ("POST", ANYONE),
    "admin:password_change": ("GET", STAFF),
    "admin:password_change_done": ("GET", STAFF),
    "admin:view_on_site": ("GET", STAFF),
    # What no page of the admin answers to: a login is asked for before it is said that there is none.
    "admin/(?P<url>.*)$": ("GET", STAFF),
    "api:article-detail": ("GET", ANYONE),
    "api:article-list": ("GET", ANYONE),
    "api:changes": ("GET", ANYONE),
    "api:docs": ("GET", ANYONE),
    "api:group-detail": ("GET", ANYONE),
    "api:group-list": ("GET", ANYONE),
    "api:meeting-detail": ("GET", ANYONE),
    "api:meeting-list": ("GET", ANYONE),
    "api:nation-detail": ("GET", ANYONE),
    "api:nation-list": ("GET", ANYONE),
    "api:official-detail": ("GET", ANYONE),
    "api:official-list": ("GET", ANYONE),
    "api:package-detail": ("GET", ANYONE),
    "api:package-list": ("GET", ANYONE),
    "api:root": ("GET", ANYONE),
    "api:schema": ("GET", ANYONE),
    "api:totals": ("GET", ANYONE),
    "api:totals-packages": ("GET", ANYONE),
    "export": ("GET", ANYONE),
    "healthz": ("GET", ANYONE),
    "register:article-detail": ("GET", ANYONE),
    "register:article-list": ("GET", ANYONE),
    "register:group-detail": ("GET", ANYONE),
    "register:group-list": ("GET", ANYONE),
    "register:meeting-detail": ("GET", ANYONE),
    "register:nation-detail": ("GET", ANYONE),
    "register:nation-list": ("GET", ANYONE),
    "register:official-detail": ("GET", ANYONE),
    "register:official-list": ("GET", ANYONE),
    "register:package-detail": ("GET", ANYONE),
    "register:package-list": ("GET", ANYONE),
    "register:record-detail": ("GET", ANYONE),
    "register:record-history": ("GET", ANYONE),
    "register:timeline": ("GET", ANYONE),
    "register:totals": ("GET", ANYONE),
    "register:totals-csv": ("GET", ANYONE),
    "register:totals-packages": ("GET", ANYONE),
    "register:totals-packages-csv": ("GET", ANYONE),
}

# Open even where reading is for staff alone.
ALWAYS_OPEN = {"admin:login", "admin:logout", "healthz"}
