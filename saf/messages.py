"""The words of security: every ICH, IRR and IKJ message, and what a refused sign-on reads like on the console.

Source keys: RACFMC z/OS Security Server RACF Messages and Codes; SRC the source document; GAL and PYR captures of real systems in
public test suites (Galasa, pyRACF); J&J the job logs of the JES reference.
Rules: one row per message. `evidence`: seen (a capture shows it), known (the manual's words), assumed (ours until somebody
compares). No other file of this package holds a message.
"""

from __future__ import annotations

from dataclasses import dataclass

from saf.errors import CommandRefused, KeyStoreClosed, OperandError, SafError
from saf.profiles import CertificateFacts, FileRefusal, Violation


@dataclass(frozen=True, slots=True)
class Text:
    """One message: its id, its words with holes, and why we believe them."""

    id: str
    words: str
    evidence: str
    source: str = "RACFMC"


_ROWS = (
    # The parser of commands
    Text("IKJ56500I", "COMMAND {name} NOT FOUND", "known", "TSOMSG"),
    Text("IKJ56712I", "INVALID KEYWORD, {text}", "known", "TSOMSG"),
    Text("IKJ56713I", "AMBIGUOUS KEYWORD, {text}", "assumed", "TSOMSG"),
    Text("IKJ56701I", "MISSING {name}", "known", "TSOMSG"),
    Text("IKJ56702I", "INVALID {name}, {text}", "known", "TSOMSG"),
    Text("IKJ56703I", "MISSING ENDING QUOTE, {text}", "assumed", "TSOMSG"),
    Text("IKJ56231I", "DATA SET {dsname} NOT ALLOCATED, SYSTEM OR INSTALLATION ERROR", "known", "TSOMSG"),
    # Users
    Text("ICH01001I", "NOT AUTHORIZED TO SPECIFY {keyword}, OPERAND IGNORED", "seen"),
    Text("ICH01005I", "NOT AUTHORIZED TO ISSUE ADDUSER", "seen"),
    Text(
        "ICH01019I",
        "User {userid} is assigned an OMVS UID, but default group {group} does not have a GID. Processing continues.",
        "seen",
    ),
    Text("ICH01021I", "NEW PASS PHRASE REJECTED BY RACF RULES", "seen"),
    Text("ICH01024I", "User {userid} is defined as PROTECTED.", "seen", "PYR"),
    Text("ICH21004I", "{what} NOT ALTERED", "seen"),
    Text("ICH21005I", "NOT AUTHORIZED TO SPECIFY {keyword}, OPERAND IGNORED", "seen"),
    Text("ICH21006I", "AUTHORITY SPECIFIED GREATER THAN THE COMMAND USER", "seen"),
    Text("ICH21007I", "EXPIRED/NOEXPIRED OPERAND IGNORED", "seen"),
    Text("ICH21009I", "UNABLE TO LOCATE {userid}", "seen"),
    Text("ICH21010I", "NOT AUTHORIZED TO ISSUE ALTUSER", "seen"),
    Text("ICH21012I", "AUTHORIZED TO ISSUE ONLY UAUDIT/NOUAUDIT FOR {userid}; REMAINING OPERANDS IGNORED", "seen"),
    Text("ICH21019I", "'RESUME' IGNORED. {userid} NOT CURRENTLY REVOKED", "seen"),
    Text("ICH21022I", "'REVOKE' IGNORED. {userid} IS CURRENTLY REVOKED", "known"),
    Text("ICH21034I", "PASSWORD CHANGE REJECTED BY INSTALLATION SYNTAX RULES", "seen"),
    Text("ICH21039I", "NEW PASS PHRASE REJECTED BY RACF RULES", "assumed"),
    Text("ICH08001I", "{userid} NOT DEFINED TO RACF", "known"),
    Text("ICH08002I", "NEW PASSWORD CANNOT EQUAL CURRENT PASSWORD", "known"),
    Text("ICH08003I", "INTERVAL NOT IN RANGE 1-{most}", "known"),
    Text("ICH08005I", "VALUE SPECIFIED IS NOT CURRENT PASSWORD", "known"),
    Text("ICH08007I", "NOT AUTHORIZED TO CHANGE PASSWORD/INTERVAL FOR {userid}", "known"),
    Text("ICH08008I", "{userid} NOT DEFINED TO USE A PASSWORD", "known"),
    Text("ICH08014I", "PASSWORD CHANGE REJECTED BY INSTALLATION SYNTAX RULES", "known"),
    Text("ICH08015I", "NEW PASSWORD MATCHES A PREVIOUS PASSWORD FOR YOU", "known"),
    Text("ICH08017I", "PASSWORD CHANGE REJECTED DUE TO INSTALLATION MINIMUM CHANGE INTERVAL", "known"),
    Text("ICH08018I", "PASS PHRASE CHANGE REJECTED DUE TO INSTALLATION MINIMUM CHANGE INTERVAL", "known"),
    Text("ICH08020I", "NEW PASS PHRASE REJECTED BY RACF RULES", "known"),
    Text("ICH08021I", "NEW PASS PHRASE CANNOT EQUAL CURRENT PASS PHRASE", "known"),
    Text("ICH08022I", "VALUE SPECIFIED IS NOT CURRENT PASS PHRASE", "known"),
    Text("ICH08024I", "NEW PASS PHRASE CANNOT MATCH A PREVIOUSLY USED PASS PHRASE", "known"),
    Text("ICH04009I", "{userid} CANNOT BE DELETED. DATA SET PROFILES STILL EXIST.", "known"),
    Text("ICH04010I", "NOT AUTHORIZED TO ISSUE DELUSER", "known"),
    Text("ICH04011I", "Deletion of IBMUSER not allowed.", "known"),
    Text("ICH30001I", "UNABLE TO LOCATE {kind:<7} ENTRY {userid}", "seen", "PYR"),
    Text("ICH30010I", "NOT AUTHORIZED TO ISSUE LISTUSER", "seen", "PYR"),
    Text("IRR52021I", "You are not authorized to view {segment} segments.", "seen", "GAL"),
    Text("IRR52174I", "Incorrect UID {number}. This value is already in use by {name}.", "known"),
    Text("IRR52175I", "Incorrect GID {number}. This value is already in use by {name}.", "known"),
    Text("IRR52177I", "User {userid} was assigned an OMVS UID value of {number}.", "seen", "PYR"),
    Text("IRR52178I", "Group {group} was assigned an OMVS GID value of {number}.", "seen", "PYR"),
    # Groups and connections
    Text("ICH00002I", "NOT AUTHORIZED TO ADD GROUP {group}", "assumed"),
    Text("ICH20002I", "NOT AUTHORIZED TO ALTER {group}", "seen"),
    Text("ICH20006I", "{superior} CANNOT BE A SUPERIOR GROUP OF {group}", "seen"),
    Text("ICH20019I", "UNABLE TO LOCATE {group}", "seen"),
    Text("ICH20021I", "PROFILE UNCHANGED. NOT AUTHORIZED TO ALTER SEGMENT FOR GROUP {group}", "seen"),
    Text("ICH05004I", "{group} NOT DELETED", "seen"),
    Text("ICH05005I", "NOT AUTHORIZED TO ISSUE DELGROUP", "seen"),
    Text("ICH05006I", "{group} CANNOT BE DELETED, GROUP DATA SETS STILL DEFINED TO RACF", "seen"),
    Text(
        "ICH05008I", "WARNING {group} is a universal group. Run the remove ID utility to remove all users from the group.", "seen"
    ),
    Text("ICH51003I", "NAME NOT FOUND IN RACF DATA SET", "seen", "PYR"),
    Text("ICH02003I", "USER(S) NOT CONNECTED.", "seen", "PYR"),
    Text("ICH02004I", "INSUFFICIENT AUTHORITY TO GROUP", "seen"),
    Text("ICH02011I", "OWNER SPECIFIED IS NOT A RACF DEFINED USER OR GROUP", "seen"),
    Text("ICH02012I", "'RESUME' IGNORED. {userid} NOT CURRENTLY REVOKED", "seen"),
    Text("ICH02013I", "'REVOKE' IGNORED. {userid} IS CURRENTLY REVOKED", "seen"),
    Text("ICH02007I", "NOT AUTHORIZED TO SPECIFY {keyword}, OPERAND IGNORED", "seen"),
    Text("ICH02008I", "AUTHORITY SPECIFIED GREATER THAN THE COMMAND USER", "seen"),
    Text("ICH03001I", "NOT AUTHORIZED TO REMOVE USERS FROM GROUP {group}", "assumed"),
    Text("ICH03002I", "{userid:<8} WAS NOT CONNECTED TO GROUP.", "seen", "PYR"),
    Text("ICH03003I", "{userid} CANNOT BE REMOVED FROM ITS DEFAULT GROUP {group}", "assumed"),
    Text("ICH32002I", "NOT AUTHORIZED TO LIST BASE INFORMATION FOR GROUP {group}", "seen"),
    # Data set and general resource profiles
    Text("ICH09007I", "NOT AUTHORIZED TO DEFINE {profile}", "assumed"),
    Text("ICH09006I", "{profile} IS ALREADY DEFINED TO RACF", "assumed"),
    Text("ICH09035I", "COMMAND PROCESSING TERMINATED. USER NOT AUTHORIZED TO 'FROM' PROFILE {profile}", "seen"),
    Text("ICH09038I", "COMMAND PROCESSING TERMINATED. USER SPECIFIED FOR NOTIFY NOT RACF DEFINED", "seen"),
    Text("ICH22001I", "{profile} NOT DEFINED TO RACF", "seen", "PYR"),
    Text("ICH22003I", "NOT AUTHORIZED TO ALTER {profile}", "assumed"),
    Text("ICH09020I", "{profile} NOT DEFINED TO RACF", "seen", "PYR"),
    Text("ICH09008I", "NOT AUTHORIZED TO DELETE {profile}", "assumed"),
    Text("ICH35003I", "NO RACF DESCRIPTION FOUND FOR {profile}", "seen", "PYR"),
    Text("ICH35002I", "NOT AUTHORIZED TO LIST {profile}", "seen", "PYR"),
    Text(
        "ICH10006I",
        "RACLISTED PROFILES FOR {saf_class} WILL NOT REFLECT THE ADDITION(S) UNTIL A SETROPTS REFRESH IS ISSUED.",
        "seen",
        "PYR",
    ),
    Text(
        "ICH11009I",
        "RACLISTED PROFILES FOR {saf_class} WILL NOT REFLECT THE UPDATE(S) UNTIL A SETROPTS REFRESH IS ISSUED.",
        "seen",
        "PYR",
    ),
    Text(
        "ICH12002I",
        "RACLISTED PROFILES FOR {saf_class} WILL NOT REFLECT THE DELETION(S) UNTIL A SETROPTS REFRESH IS ISSUED.",
        "seen",
        "PYR",
    ),
    Text("ICH10102I", "{profile} ALREADY DEFINED TO CLASS {saf_class}.", "seen", "GAL"),
    Text("ICH10103I", "NOT AUTHORIZED TO DEFINE {profile}.", "seen", "PYR"),
    Text("ICH11102I", "{profile} NOT DEFINED TO CLASS {saf_class}.", "seen", "PYR"),
    Text("ICH11103I", "NOT AUTHORIZED TO ALTER {profile}.", "known"),
    Text("ICH12102I", "{profile} NOT DEFINED TO CLASS {saf_class}.", "seen", "GAL"),
    Text("ICH12103I", "NOT AUTHORIZED TO DELETE {profile}.", "known"),
    Text("ICH13002I", "NOT AUTHORIZED TO LIST {profile}", "seen", "PYR"),
    Text("ICH13003I", "{profile} NOT FOUND", "seen", "GAL"),
    Text("ICH13004I", "NOTHING TO LIST", "seen", "GAL"),
    Text("ICH06004I", "{profile} NOT DEFINED TO RACF", "seen"),
    Text("ICH06009I", "RESET OPTION IGNORED, CONFLICTS WITH DELETE REQUEST", "seen"),
    Text(
        "ICH06011I",
        "RACLISTED PROFILES FOR {saf_class} WILL NOT REFLECT THE UPDATE(S) UNTIL A SETROPTS REFRESH IS ISSUED",
        "seen",
        "PYR",
    ),
    Text("ICH06013I", "WHEN({saf_class}(*)) OPERAND IGNORED. INVALID WITH ACCESS OPERAND.", "seen"),
    Text("ICH06014I", "{userid} not authorized, DELETE ignored for WHEN({saf_class}({resource}))", "seen"),
    Text("ICH06015I", "WARNING - In class {saf_class} resource {resource} not currently protected by RACF.", "seen"),
    Text("ICH06018I", "{command} failed. WHEN operand is incorrect without a value.", "seen"),
    Text("ICH06019I", "WARNING: Class {saf_class} is not currently active.", "seen"),
    Text("ICH06020I", "{command} failed. WHEN({kind}) operand is invalid for this class.", "seen"),
    Text("ICH06022I", "PERMIT FAILED. WHEN(CRITERIA) IS NOT VALID FOR THIS CLASS.", "seen"),
    Text("ICH06002I", "{name} NOT AUTHORIZED, DELETE IGNORED", "seen", "PYR"),
    Text("ICH06006I", "NOT AUTHORIZED TO {profile}", "seen"),
    Text("ICH06007I", "{name} NOT DEFINED TO RACF", "seen", "PYR"),
    Text("ICH31005I", "NO ENTRIES MEET SEARCH CRITERIA", "known"),
    Text("ICH31009I", "NOT AUTHORIZED TO ISSUE SEARCH FOR CLASS {saf_class}", "assumed"),
    # SETROPTS
    Text("ICH14002I", "NOT AUTHORIZED TO SPECIFY {keyword}; KEYWORD IGNORED.", "seen"),
    Text("ICH14063I", "SETROPTS command complete.", "seen", "PYR"),
    # Digital certificates
    Text("IRRD101I", "You are not authorized to issue the RACDCERT command.", "seen", "RACFMC"),
    Text("IRRD102I", "User ID {owner} is not defined to RACF.", "assumed"),
    Text("IRRD103I", "An error was encountered processing the specified input data set.", "known"),
    Text("IRRD104I", "The input data set does not contain a valid certificate.", "known"),
    Text("IRRD105I", "No certificate information was found for {whose}.", "seen", "GAL"),
    Text("IRRD106I", "The output data set {dsname} could not be written.", "assumed"),
    Text("IRRD107I", "No matching certificate was found for this user.", "seen", "GAL"),
    Text("IRRD108I", "More than one certificate matches. Specify LABEL, or SERIALNUMBER and ISSUERSDN.", "assumed"),
    Text("IRRD109I", "The certificate cannot be added. Profile {profile} is already defined.", "known"),
    Text("IRRD111I", "Label {label} is already in use.", "assumed"),
    Text(
        "IRRD113I",
        "The certificate that you are {action} {finding}. The certificate is added with {status} status.",
        "seen",
        "SRC 74",
    ),
    Text("IRRD114I", "Ring {ring} does not exist.", "seen", "GAL"),
    Text("IRRD115I", "{whose} has no rings.", "seen", "GAL"),
    Text("IRRD116I", "Label {label} does not exist in ring {ring} for user {owner}.", "seen"),
    Text("IRRD128I", "{function} requires a certificate with an associated private key. The request is not processed.", "seen"),
    Text("IRRD121I", "A ring name and label name must be specified.", "seen"),
    Text("IRRD119I", "Certificate Authority not currently defined to RACF. Certificate added with {status} status.", "known"),
    Text("IRRD122I", "Ring {ring} already exists.", "seen", "GAL"),
    Text("IRRD123I", "The password for the PKCS#12 package is missing or incorrect.", "assumed"),
    Text("IRRD125I", "{keyword} is not supported.", "assumed"),
    Text("IRRD126I", "The private key cannot be used: {reason}.", "assumed"),
    Text("IRRD134I", "A certificate request was made with this certificate. Specify FORCE to delete it.", "assumed"),
    Text("IRRD129I", "No certificate mapping information was found for {whose}.", "assumed"),
    Text("IRRD133I", "The NOTBEFORE value must be earlier than the NOTAFTER value. The certificate is not created.", "seen"),
    Text("IRRD140I", "The filter value does not begin with a valid prefix.", "seen"),
    Text("IRRD141I", "The starting point specified for {keyword} is not found in the certificate.", "seen"),
    Text("IRRD130I", "The {keyword} keyword(s) must be specified. The request is not processed.", "seen"),
    Text("IRRD136I", "MULTIID cannot be used for the function specified.", "seen"),
    Text("IRRD142I", "The mapping is already defined for {owner}.", "assumed"),
    Text("IRRD199I", "Certificate with label '{label}' is added for {whose}.", "seen", "GAL"),
)
TEXTS = {row.id: row for row in _ROWS}

_PARSER_IDS = {
    "keyword": "IKJ56712I",
    "ambiguous": "IKJ56713I",
    "missing": "IKJ56701I",
    "invalid": "IKJ56702I",
    "quote": "IKJ56703I",
    "depth": "IKJ56712I",
    "command": "IKJ56500I",
}


def line(id: str, **facts: object) -> str:
    """Return a message with its holes filled."""
    row = TEXTS[id]
    return f"{row.id} {row.words.format(**facts)}"


def lines_for(error: SafError) -> list[str]:
    """Return what a command that ended with `error` says."""
    if isinstance(error, CommandRefused):
        return [line(error.message, **error.facts)]
    if isinstance(error, OperandError):
        return [line(_PARSER_IDS[error.rule], text=error.text, name=error.name or error.text)]
    if isinstance(error, KeyStoreClosed):
        return [line("IRRD126I", reason=error.reason)]
    return [str(error)]


_SIGN_ON = {
    "password": "INVALID PASSWORD",
    "revoked": "REVOKED USER ACCESS ATTEMPT",
    "not-defined": "USER AT TERMINAL          NOT RACF-DEFINED",
    "expired": "PASSWORD EXPIRED",
    "new-password": "INVALID NEW PASSWORD",
    "group": "NOT AUTHORIZED TO GROUP",
    "appl": "NOT AUTHORIZED TO APPLICATION",
    "entry": "NOT AUTHORIZED TO {saf_class} {resource}",
    "submitter": "SUBMITTER IS NOT AUTHORIZED BY USER",
}


#: [known RACFMC ICH408I, events 67(4) and 67(5)]; the words for a certificate that cannot be used at all are assumed.
_CERTIFICATE = {"not-mapped": "NOT DEFINED", "not-trusted": "NOT TRUSTED"}


def ich408i(violation: Violation) -> list[str]:
    """Return the lines of message ICH408I as the console and the job log show them. Source: [J&J 3.11 E], [RACFMC ICH408I]."""
    name = violation.name or "#" * 20
    first = f"ICH408I USER({violation.userid:<8}) GROUP({violation.group:<8}) NAME({name:<20})"
    if violation.cause == "submitter":
        return [first, f" SUBMITTER({violation.submitter:<8})", f"  LOGON/JOB INITIATION - {_SIGN_ON['submitter']}"]
    if violation.file is not None:
        return [first, *_file_lines(violation, violation.file)]
    if violation.certificate is not None:
        return [first, *_certificate_lines(violation.certificate)]
    if violation.cause != "access":
        said = _SIGN_ON[violation.cause].format(saf_class=violation.saf_class, resource=violation.resource)
        return [first, f"  LOGON/JOB INITIATION - {said}"]
    volume = f" VOL({violation.volser})" if violation.volser else ""
    text = [first, f"  {violation.resource} CL({violation.saf_class:<8}){volume}"]
    text.append("  WARNING: INSUFFICIENT AUTHORITY - TEMPORARY ACCESS ALLOWED" if violation.warning else _INSUFFICIENT)
    if violation.profile and violation.generic:
        text.append(f"  FROM {violation.profile} (G)")
    text.append(f"  ACCESS INTENT({violation.wanted.name:<7})  ACCESS ALLOWED({violation.held.name:<7})")
    return text


def _file_lines(violation: Violation, file: FileRefusal) -> list[str]:
    lines = [
        f"  {violation.resource} CL({violation.saf_class:<8}) FID({file.file_id:032X})",
        f"  INSUFFICIENT AUTHORITY TO {file.call}",
    ]
    if file.wanted:
        allowed = f"{file.held_by:<10} {_bits(file.held)}"
        lines.append(f"  ACCESS INTENT({_bits(file.wanted)})  ACCESS ALLOWED({allowed})")
    return [*lines, f"  EFFECTIVE UID({file.uid:010d})  EFFECTIVE GID({file.gid:010d})"]


def _certificate_lines(facts: CertificateFacts) -> list[str]:
    finding = _CERTIFICATE.get(facts.reason, "NOT VALID")
    return [
        f"  DIGITAL CERTIFICATE IS {finding}. CERTIFICATE SERIAL NUMBER({facts.serial})",
        f"  SUBJECT({facts.subject}) ISSUER({facts.issuer}).",
    ]


def _bits(mode: int) -> str:
    return "".join(letter if mode & bit else "-" for letter, bit in zip("RWX", (4, 2, 1), strict=True))


_INSUFFICIENT = "  INSUFFICIENT ACCESS AUTHORITY"
