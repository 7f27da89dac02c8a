"""Whatever the text of a command, an answer comes back: lines and a return code, never an exception."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saf.commands.table import BY_NAME

_WORDS = re.findall(
    r"\S+",
    """
IBMUSER USER1 SYS1 NOBODY * ** 'A.B' 'IBMUSER.**' IBMUSER.X ( ) (( )) '' ' , FACILITY DATASET SERVAUTH NOCLASS X.Y
EZB.** ID(IBMUSER) ID(*) ID(X) ID ID() ACCESS(READ) ACCESS(WHAT) CLASS(FACILITY) CLASS() UACC(ALTER) OWNER(SYS1) OWNER()
NAME('N') PASSWORD(X) PASSWORD() PASSWORD(A,B) PHRASE('a-phrase-of-16!') OMVS(UID(1)) OMVS(UID()) OMVS() OMVS
TSO(PROC(X)) SPECIAL REVOKE RESUME(01/02/26) INTERVAL(5) INTERVAL(-1) AUTHUSER ALL GENERIC LIST REFRESH RACLIST(*)
MASK(I) FILTER(*) UID(0) CERTAUTH SITE LIST(LABEL('X')) LIST() GENREQ(LABEL('X')) DSN('A.B') DSN() ADD('A.B') ADD('A*')
EXPORT(LABEL('X')) ADDRING(R) LISTRING(*) DELRING(R) CONNECT(LABEL('X')) CONNECT(RING(R)) RING(R) REMOVE(RING(R)) MAP
SDNFILTER('O=X') LISTMAP DELMAP ALTMAP TRUST NOTRUST ALTER(LABEL('X')) DELETE DELETE(LABEL('X')) ROLLOVER(LABEL('X'))
NEWLABEL('Y') CHECKCERT('A.B') WITHLABEL('X') WITHLABEL('') SUBJECTSDN() SUBJECTSDN(CN()) NOTBEFORE() NOTAFTER(DATE(X))
FORMAT(X) STDATA(USER(A)) RESET ADDMEM(A) LEVEL(9) LEVEL(X) NOTIFY NOTIFY(X) AUDIT(ALL(READ)) AUDIT(ALL(X)) FROM(X)
PROTECTALL(X) INACTIVE(0) GROUP(SYS1) USER(X) LISTCHAIN(LABEL('X')) REKEY(LABEL('X')) NISTECC FORCE FORMAT(PKCS12DER)
FORMAT(PKCS7B64)
""",
)


@given(st.sampled_from(sorted(BY_NAME)), st.lists(st.sampled_from(_WORDS), max_size=6))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_operands_get_an_answer(racf, name, words):
    racf.datasets["A.B"] = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    racf.saf.command(racf.saf.operator(), "RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC")
    racf.saf.command(racf.saf.operator(), "RDEFINE FACILITY X.Y")

    result = racf.saf.command(racf.saf.operator(), " ".join((name, *words)), racf.datasets)

    assert result.rc in (0, 4, 8, 12)
    assert result.rc == 0 or result.lines


@given(st.text(max_size=80))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_an_answer(racf, text):
    result = racf.saf.command(racf.saf.operator(), text)

    assert result.rc in (0, 4, 8, 12)


@given(st.sampled_from(sorted(BY_NAME)), st.text("ABC'()*.,=/ 1", max_size=30))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_signs_after_a_command_get_an_answer(racf, name, text):
    result = racf.saf.command(racf.saf.operator(), f"{name} {text}", racf.datasets)

    assert result.rc in (0, 4, 8, 12)
