"""Control statements of every program, damaged: each ends with a code or an abend of its own, never with a program error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PRINTED = ("SYSPRINT", "SYSOUT", "SYSTSPRT", "TOOLMSG", "DFSMSG", "ISFOUT", "STDOUT", "SYSUT2", "SORTOUT")
READ = ("SYSIN", "SYSTSIN", "TOOLIN", "ISFIN")
#: A program error ends a step with this user code (jes/steps.py).
PROGRAM_ERROR = "U4038"

STATEMENTS = {
    "IDCAMS": (
        "REPRO INFILE(SYSUT1) OUTFILE(SYSUT2) COUNT(2)", "DEFINE CLUSTER (NAME(A.B) KEYS(4 0) RECSZ(80 80) TRK(1))",
        "LISTCAT ENT(*) ALL", "PRINT INFILE(SYSUT1) CHAR", "IF LASTCC=0 THEN DO", "END", "ELSE SET MAXCC=0",
        "IMPORT INFILE(SYSUT1)", "EXPORT A.B OFILE(SYSUT2)", "EXAMINE NAME(A.B)", "DELETE (A B.*) MASK",
        "DEFINE GDG(NAME(A) LIM(3))",
    ),
    "SORT": (
        "SORT FIELDS=(1,3,CH,A)", "OPTION COPY", "INCLUDE COND=(1,3,CH,EQ,C'ONE',AND,5,3,ZD,GT,1)", "SUM FIELDS=(5,3,ZD)",
        "OUTREC BUILD=(1,9,C'X',5,3,ZD,EDIT=(IIT),SEQNUM,4,ZD)", "INREC PARSE=(%1=(ENDBEFR=C' ',FIXLEN=5)),BUILD=(%1,%1,UFF,M2)",
        "OUTFIL HEADER1=('X',DATE),TRAILER1=(COUNT=(M10),TOT=(5,3,ZD,M1))", "OUTREC OVERLAY=(1:1,8,Y4T,ADDDAYS,+3,TOGREG=Y4T)",
        "INREC IFTHEN=(WHEN=GROUP,BEGIN=(1,1,CH,EQ,C'A'),PUSH=(9:ID=2))", "ALTSEQ CODE=(C1FF)", "OUTFIL SAMPLE=(2,1),SAVE",
        "JOINKEYS F1=SYSUT1,FIELDS=(1,1,A)", "JOINKEYS F2=SYSUT1,FIELDS=(1,1,A)", "REFORMAT FIELDS=(F1:1,4,F2:1,4,?)",
    ),
    "ICETOOL": (
        "COPY FROM(SYSUT1) TO(SYSUT2)", "COUNT FROM(SYSUT1) HIGHER(1)", "SELECT FROM(SYSUT1) TO(SYSUT2) ON(1,1,CH) FIRST",
        "DISPLAY FROM(SYSUT1) LIST(SYSUT2) ON(1,3,CH) ON(5,3,ZD,M1)", "SPLICE FROM(SYSUT1) TO(SYSUT2) ON(1,1,CH) WITH(2,2)",
        "RANGE FROM(SYSUT1) ON(5,3,ZD) BETWEEN(1,3)", "RESIZE FROM(SYSUT1) TO(SYSUT2) TOLEN(3)", "VERIFY FROM(SYSUT1) ON(1,3,ZD)",
        "OCCUR FROM(SYSUT1) LIST(SYSUT2) ON(1,1,CH)", "SUBSET FROM(SYSUT1) TO(SYSUT2) FIRST(2)", "STATS FROM(SYSUT1) ON(5,3,ZD)",
    ),
    "IEBGENER": ("GENERATE MAXNAME=3,MAXFLDS=9", "MEMBER NAME=A", "RECORD FIELD=(9,1,,1)", "RECORD IDENT=(3,'ONE',1)"),
    "IEBCOPY": ("COPY OUTDD=SYSUT2,INDD=SYSUT1", "COPY O=LIB,I=((LIB,R))", "SELECT MEMBER=(A,(B,C),(D,,R))", "EXCLUDE MEMBER=X"),
    "IEBUPDTE": ("./ ADD NAME=A,LIST=ALL", "./ CHANGE NAME=M", "./ NUMBER NEW1=9,INCR=9", "./ DELETE SEQ1=1,SEQ2=2", "./ ENDUP"),
    "IEBCOMPR": ("COMPARE TYPORG=PS", "COMPARE TYPORG=PO", "LABELS DATA=ALL"),
    "IEBPTPCH": ("PRINT TYPORG=PO,MAXFLDS=2", "PRINT TYPORG=PS,CNTRL=1", "TITLE ITEM=('X',10)", "RECORD FIELD=(9,1,XE,5)"),
    "IEBDG": ("DSD OUTPUT=(SYSUT2)", "FD NAME=F,LENGTH=5,FORMAT=AL,ACTION=RP", "CREATE QUANTITY=3,NAME=(F),FILL=' '", "END"),
    "IEBEDIT": ("EDIT START=J,TYPE=INCLUDE,STEPNAME=(A,B)", "EDIT TYPE=EXCLUDE,STEPNAME=A-B"),
    "IEHPROGM": ("SCRATCH DSNAME=A.Z,VOL=3390=USER01", "RENAME DSNAME=A.A,VOL=X=U,NEWNAME=B", "CATLG DSNAME=A,VOL=3390=V"),
    "IEHLIST": ("LISTVTOC VOL=3390=USER01", "LISTPDS DSNAME=IBMUSER.LIB,VOL=3390=USER01", "LISTCTLG"),
    "ADRDSSU": ("DUMP DATASET(INCLUDE(A.**)) OUTDD(SYSUT2)", "RESTORE DATASET(INCLUDE(**)) INDD(SYSUT1) RENAMEU(A.**,B.**)",
                "COPY DS(BY((DSORG EQ (SAM,PDS))(CREDT LE (*,-1)))) RENAMEU((A.**,B.**)) SPHERE",
                "COMPRESS INC(A.**) BY((EXTNT GT 1))",
                "SET MAXCC=4", "WTO 'X'"),
    "SDSF": ("ST", "PREFIX *", "OWNER *", "/D A,L"),
    "IKJEFT01": (
        "LISTDS 'IBMUSER.LIB' MEMBERS", "ALLOC FI(X) DA('IBMUSER.LIB') SHR", "FREE FI(X)", "LISTCAT LEVEL(A)", "STATUS J",
        "SUBMIT 'IBMUSER.LIB'", "XMIT N1.U DA('IBMUSER.LIB') OUTDA('A.X')", "RECEIVE INDA('IBMUSER.LIB')", "PROFILE PREFIX(X)",
        "OUTPUT J", "CANCEL J", "CALL 'A(IEFBR14)' 'P'", "EXEC 'A(B)'", "PRINTDS DA(A)", "RENAME A B",
    ),
}  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, program: str) -> list[str]:
    """A few statements of a program, some of them cut, doubled in part or with other characters in them."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(STATEMENTS[program]))
        for _ in range(draw(st.integers(0, 3))):
            at, to = draw(st.integers(0, len(text))), draw(st.integers(0, 6))
            put = draw(
                st.sampled_from(["", "(", ")", "'", ",", "=", "*", "-", " ", "9", text[at : at + to], "C'", "X'C", "/", "%1"])
            )
            text = text[:at] + put + text[at + draw(st.integers(0, 2)) :]
        lines.append(text[:70])
    return lines


@pytest.mark.parametrize("program", STATEMENTS)
def test_damaged_statements_never_end_in_a_program_error(system, program):
    printed = "".join(f"//{name} DD SYSOUT=*\n" for name in PRINTED)

    @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(damaged(program))
    def run(lines):
        if not system.mvs.exists("IBMUSER.IN"):
            system.put("IBMUSER.IN", "ONE 001", "TWO 002")
        if not system.mvs.exists("IBMUSER.LIB"):
            system.put("IBMUSER.LIB", "X", member="M")
        lead = "" if program == "IEBUPDTE" else " "
        read = "".join(f"//{name} DD *,DLM=$$\n" + "".join(f"{lead}{line}\n" for line in lines) + "$$\n" for name in READ)
        data = "".join(f"//{name} DD DSN=IBMUSER.IN,DISP=SHR\n" for name in ("SYSUT1", "SORTIN"))
        info = system.run(f"//J JOB 1,X\n//S EXEC PGM={program}\n{printed}{data}//LIB DD DSN=IBMUSER.LIB,DISP=SHR\n{read}", 60)

        assert info.completion.abend != PROGRAM_ERROR, lines

    run()


@pytest.mark.parametrize(
    ("program", "statement"),
    [
        ("IEBDG", "DSD OUTPUT=()"), ("IEBGENER", "GENERATE\n MEMBER NAME=()"), ("IEBCOPY", "COPY OUTDD=LIB,INDD=()"),
        ("IEBCOPY", "COPY OUTDD=LIB,INDD=SYSUT1\n SELECT MEMBER=((),(,,))"), ("IEBEDIT", "EDIT STEPNAME=()"),
        ("IEBPTPCH", "PRINT\n RECORD FIELD=(),IDENT=()"), ("IEHPROGM", "SCRATCH DSNAME=(),VOL=()"),
        ("IEHLIST", "LISTPDS DSNAME=(),VOL=()"),
        ("ADRDSSU", "DUMP DS(BY(())) OUTDD(SYSUT2)"), ("IDCAMS", "PRINT IFILE(SYSUT1) FROMKEY()"), ("IDCAMS", "DELETE () MASK"),
    ],
)  # fmt: skip
def test_empty_lists_never_end_in_a_program_error(system, program, statement):
    system.put("IBMUSER.LIB", "X", member="M")
    info = system.run(
        f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n//SYSUT2 DD SYSOUT=*\n"
        f"//SYSUT1 DD DSN=IBMUSER.LIB(M),DISP=SHR\n//LIB DD DSN=IBMUSER.LIB,DISP=SHR\n//SYSIN DD *\n {statement}\n/*\n"
    )

    assert (info.completion.abend or "") not in {PROGRAM_ERROR, "000"}, info.completion.text
    assert "ABEND" not in info.completion.text
