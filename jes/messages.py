"""The words of JES2, allocation and data management: the only place where facts become job log and system messages.

Each row: key -> Text(words, evidence, source). Evidence: seen (in real output), known (manual knowledge), assumed.
A row with several lines separates them with a line feed; the caller decides how lines are laid out (spool/joblog.py).
Not here: converter messages IEFC (jes/jcl/texts.py), RACF's (saf/messages.py) and what utilities print.
Source: jes-and-jcl.md 3.3, 3.7, 3.8, 3.9, 4.7, 4.11, 4.12.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One message: words with holes, how sure we are of them, where they come from."""

    words: str
    evidence: str = "known"
    source: str = "jes-and-jcl 3"


def text(key: str, /, **facts: object) -> str:
    """Return the message `key` with its facts filled in. A step without a name leaves no gap."""
    words = TEXTS[key].words.format(**facts)
    return words if facts.get("step", "?") else words.replace(f"{facts.get('jobname')}  ", f"{facts.get('jobname')} ", 1).rstrip()


def lines(key: str, /, **facts: object) -> list[str]:
    """Return the lines of the message `key`."""
    return text(key, **facts).split("\n")


_JOB_LOG = {
    "irr010i": Text("IRR010I  USERID {userid:<8} IS ASSIGNED TO THIS JOB.", "seen", "jes-and-jcl 3.11 A"),
    "ich70001i": Text("ICH70001I {userid:<8} LAST ACCESS AT {at}", "seen", "jes-and-jcl 3.11 A"),
    "hasp373": Text(
        "$HASP373 {jobname:<8} STARTED - {init:<9} - CLASS {job_class:<8} - SYS {sysname}",
        "seen",
        "jes-and-jcl 3.3",
    ),
    "hasp395.rc": Text("$HASP395 {jobname:<8} ENDED - RC={rc:04d}", "seen", "jes-and-jcl 3.3"),
    "hasp395.abend": Text("$HASP395 {jobname:<8} ENDED - ABEND={code}", "seen", "jes-and-jcl 3.3"),
    "hasp395.jcl": Text("$HASP395 {jobname:<8} ENDED - JCL ERROR", "known", "jes-and-jcl 4.12"),
    "hasp106": Text("$HASP106 JOB DELETED BY JES2 OR CANCELLED BY OPERATOR BEFORE EXECUTION", "seen", "jes-and-jcl 3.11 E"),
    "hasp165.rc": Text("$HASP165 {jobname:<8} ENDED AT {node}  MAXCC={rc} CN(INTERNAL)", "seen", "jes-and-jcl 3.3"),
    "hasp165.jcl": Text("$HASP165 {jobname:<8} ENDED AT {node} - JCL ERROR CN(INTERNAL)", "seen", "jes-and-jcl 3.3"),
    "hasp165.abend": Text("$HASP165 {jobname:<8} ENDED AT {node} - ABENDED {code} CN(INTERNAL)", "known"),
    "hasp165.canceled": Text("$HASP165 {jobname:<8} ENDED AT {node} - CANCELLED CN(INTERNAL)", "known"),
    "hasp165.sec": Text("$HASP165 {jobname:<8} ENDED AT {node} - SECURITY ERROR CN(INTERNAL)", "assumed"),
    "hasp100": Text("$HASP100 {jobname:<8} ON INTRDR      {programmer:<20}", "seen", "jes-and-jcl 3.3"),
    "hasp101": Text("$HASP101 {jobname:<8} HELD", "known"),
    "hasp104": Text("$HASP104 {jobname:<8} {text}", "known"),
    "hasp110": Text("$HASP110 {jobname:<8} -- Illegal JOB card", "known"),
    # That GJOB has $HASP1116 is the manual's; the words of these are not public.
    "hasp1110": Text("$HASP1110 {group:<8} -- {words}", "assumed", "JCLREF"),
    "hasp1116": Text("$HASP1116 {group:<8} -- {words}", "assumed", "JCLREF"),
    "hasp1119": Text("$HASP1119 {group:<8} -- job group scanned, no errors found", "assumed", "JCLREF"),
    "hasp1300": Text("$HASP1300 {jobname} registered to job group {group}", "assumed", "JCLREF"),
    "hasp1301": Text("$HASP1301 {jobname} in job group {group} queued for execution", "assumed", "JCLREF"),
    "hasp1302": Text("$HASP1302 {jobname} in job group {group} has completed", "assumed", "JCLREF"),
    "hasp1304": Text("$HASP1304 job group {group} is complete", "assumed", "JCLREF"),
    "hasp1310": Text("$HASP1310 {jobname} -- job group {group} is not defined", "assumed", "JCLREF"),
    "hasp1311": Text("$HASP1311 {jobname} -- no job of this name is awaited in job group {group}", "assumed", "JCLREF"),
    "hasp1312": Text("$HASP1312 {jobname} in job group {group} is flushed", "assumed", "JCLREF"),
    "hasp1313": Text("$HASP1313 job group {group} is in error, ONERROR={action}", "assumed", "JCLREF"),
    "hasp890.group": Text("$HASP890 JOBGROUP({group}) STATUS=({state})", "assumed", "JES2 commands"),
    "hasp890.member": Text("$HASP890 GJOB({jobname}) JOBGROUP={group},STATUS=({state})", "assumed", "JES2 commands"),
    "hasp101.setup": Text("$HASP101 {jobname:<8} HELD -- MOUNT {volumes}", "assumed", "jes-and-jcl 3.2"),
    "jecl.jobparm": Text("$HASP112 {jobname:<8} -- Invalid JOBPARM statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.route": Text("$HASP111 {jobname:<8} -- Invalid ROUTE statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.xeq": Text("$HASP111 {jobname:<8} -- Invalid XEQ statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.xmit": Text("$HASP111 {jobname:<8} -- Invalid XMIT statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.output": Text("$HASP113 {jobname:<8} -- Invalid OUTPUT statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.setup": Text("$HASP117 {jobname:<8} -- Invalid SETUP statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "jecl.priority": Text("$HASP117 {jobname:<8} -- Invalid PRIORITY statement: {text}", "assumed", "jes-and-jcl 3.2"),
    "hasp375": Text("$HASP375 {jobname:<8} ESTIMATED  {what} EXCEEDED", "seen", "jes-and-jcl 3.3"),
    "hasp250": Text("$HASP250 {jobname:<8} PURGED -- (JOB KEY WAS {key:08X})", "known"),
    "hasp003.syntax": Text("$HASP003 RC=(01),{command} - INVALID COMMAND OR OPERAND", "assumed", "JES2 messages"),
    "hasp003.none": Text(
        "$HASP003 RC=(52),{command} - NO SELECTABLE ENTRIES FOUND MATCHING SPECIFICATION", "known", "JES2 messages"
    ),
    "hasp003.authority": Text("$HASP003 RC=(31),{command} - NOT AUTHORIZED TO {resource}", "assumed", "JES2 messages"),
    "hasp003.state": Text("$HASP003 RC=(56),{command} - {jobid} IS IN {state}", "assumed", "JES2 messages"),
    "hasp890": Text(
        "$HASP890 JOB({jobname}) STATUS=({state}),CLASS={job_class},PRIORITY={priority},SYSAFF=({systems}),HOLD=({hold})",
        "known",
        "jes-and-jcl 3.3",
    ),
    "hasp892": Text("$HASP892 INIT({init}) STATUS={status},CLASS={classes}", "known", "JES2 messages"),
    "hasp309": Text("$HASP309 INIT {init:<4} INACTIVE ******** C={classes}", "known"),
    "hasp310": Text("$HASP310 {jobname:<8} TERMINATED AT END OF MEMORY", "known"),
    "hasp492": Text("$HASP492 {jobname:<8} JOB {jobid} HAS BEEN REQUEUED FOR EXECUTION", "assumed"),
    "ief403i": Text("IEF403I {jobname} - STARTED - TIME={time}", "seen", "jes-and-jcl 3.11 C"),
    "ief404i": Text("IEF404I {jobname} - ENDED - TIME={time}", "seen", "jes-and-jcl 3.11 C"),
    "ief450i": Text(
        "IEF450I {jobname} {step} - ABEND={code} U{user:04d} REASON={reason:08X}\n        TIME={time}",
        "seen",
        "jes-and-jcl 3.11 D",
    ),
    # of several lines, of which the job log shows the first: the number behind it is the message's, not a statement's
    "iefc452i": Text("IEFC452I {jobname} - JOB NOT RUN - JCL ERROR\n", "seen", "ANS#623"),
    "ief452i": Text("IEF452I {jobname} - JOB NOT RUN - JCL ERROR\n", "known", "jes-and-jcl 3.10"),
    "ief453i": Text("IEF453I {jobname} - JOB FAILED - JCL ERROR - TIME={time}", "known", "jes-and-jcl 3.10"),
    "ief251i": Text("IEF251I {jobname} JOB CANCELLED", "known"),
    "ief861i": Text("IEF861I FOLLOWING RESERVED DATA SET NAMES UNAVAILABLE TO {jobname}", "known", "jes-and-jcl 4.7"),
    "ief863i": Text("IEF863I DSN = {dsname}  {jobname}  RC = 08,REASON=CANNOT OBTAIN EXCLUSIVE USE", "known", "jes-and-jcl 4.7"),
    "ief099i": Text("IEF099I JOB {jobname} WAITING FOR DATA SETS", "known", "jes-and-jcl 4.7"),
    "ief677i": Text(
        "IEF677I WARNING MESSAGE(S) FOR JOB {jobname:<8} ISSUED",
        "seen",
        "comp.lang.cobol, 13 November 1998; job logs of z/OS, 2024",
    ),
    "iefa111i": Text(
        "IEFA111I {jobname} IS USING THE FOLLOWING JOB RELATED SETTINGS:\n"
        "         SWA=BELOW,TIOT SIZE=64K,DSENQSHR=DISALLOW,GDGBIAS={gdgbias}",
        "seen",
        "jes-and-jcl 3.6",
    ),
}

_ALLOCATION = {
    "ief236i": Text("IEF236I ALLOC. FOR {jobname} {step}", "seen", "jes-and-jcl 3.7"),
    "ief237i": Text("IEF237I {device:<4} ALLOCATED TO {ddname}", "seen", "jes-and-jcl 3.7"),
    "igd103i": Text("IGD103I SMS ALLOCATED TO DDNAME {ddname}", "seen", "jes-and-jcl 3.7"),
    "igd101i": Text(
        "IGD101I SMS ALLOCATED TO DDNAME ({ddname:<8})\n"
        "        DSN ({dsname:<44})\n"
        "        STORCLAS ({storclas:<8}) MGMTCLAS ({mgmtclas:<8}) DATACLAS ({dataclas:<8})\n"
        "        VOL SER NOS= {volser}",
        "seen",
        "jes-and-jcl 3.7",
    ),
    "igd100i": Text("IGD100I {device:<4} ALLOCATED TO DDNAME {ddname:<8} DATACLAS ({dataclas:<8})", "seen", "jes-and-jcl 3.7"),
    "ief285i": Text("IEF285I   {dsname:<44} {disposition:<14}", "seen", "jes-and-jcl 3.8"),
    "ief285i.volume": Text("IEF285I   VOL SER NOS= {volser:<35}", "seen", "jes-and-jcl 3.8"),
    "igd104i": Text("IGD104I {dsname:<44} RETAINED,  DDNAME={ddname}", "seen", "jes-and-jcl 3.8"),
    "igd106i": Text("IGD106I {dsname:<44} PASSED,    DDNAME={ddname}", "seen", "CBSA#20"),
    "igd105i": Text("IGD105I {dsname:<44} DELETED,   DDNAME={ddname}", "seen", "jes-and-jcl 3.8"),
    "igd107i": Text("IGD107I {dsname:<44} ROLLED IN, DDNAME={ddname}", "known", "jes-and-jcl 3.8"),
    "ief283i": Text("IEF283I   {dsname:<44} NOT DELETED {code}", "known", "jes-and-jcl 3.8"),
    "ief283i.volume": Text("IEF283I   VOL SER NOS= {volser} {code}.", "known", "jes-and-jcl 3.8"),
    "iefa107i": Text("IEFA107I {jobname} {step} {ddname} - DATA SET {dsname} NOT FOUND", "seen", "ANS#624"),
    "ief211i": Text("IEF211I {jobname} {step} {ddname} - DATA SET RESERVATION UNSUCCESSFUL", "seen", "jes-and-jcl 4.12"),
    "ief244i": Text("IEF244I {jobname} {step} - UNABLE TO ALLOCATE 1 UNIT(S)", "seen", "jes-and-jcl 4.12"),
    "ief253i": Text("IEF253I {jobname} {step} {ddname} - DUPLICATE NAME ON DIRECT ACCESS VOLUME", "seen", "jes-and-jcl 4.7"),
    "ief257i": Text("IEF257I {jobname} {step} {ddname} - SPACE REQUESTED NOT AVAILABLE", "seen", "jes-and-jcl 4.12"),
    "ief286i": Text("IEF286I {jobname} {step} {ddname} - DISP FIELD INCOMPATIBLE WITH DSNAME", "seen", "jes-and-jcl 4.12"),
    "ief344i": Text(
        "IEF344I {jobname} {step} {ddname} - ALLOCATION FAILED DUE TO DATA FACILITY SYSTEM ERROR", "seen", "jes-and-jcl 4.12"
    ),
    "igd17101i": Text(
        "IGD17101I DATA SET {dsname}\n"
        "NOT DEFINED BECAUSE DUPLICATE NAME EXISTS IN CATALOG\n"
        "RETURN CODE IS 8 REASON CODE IS 38 IGG0CLEH",
        "seen",
        "jes-and-jcl 4.12",
    ),
    "ief.path": Text("IGD01013I DATA SET ALLOCATION REQUEST FAILED -\nPATH {path}\n{errno}", "assumed", "DFSMS messages"),
    "instream.symbols": Text(
        "IEF344I {jobname} {step} {ddname} - SUBSTITUTED IN-STREAM RECORD IS LONGER THAN ITS DATA SET ALLOWS",
        "assumed",
        "jes-and-jcl 4.5",
    ),
    "ief344.security": Text(
        "IEF344I {jobname} {step} {ddname} - ALLOCATION FAILED DUE TO DATA FACILITY SYSTEM ERROR\n"
        "IGD17001I NOT AUTHORIZED TO DEFINE DATA SET {dsname}",
        "assumed",
        "DFSMS messages",
    ),
}

_STEPS = {
    "ief142i": Text("IEF142I {jobname} {step} - STEP WAS EXECUTED - COND CODE {rc:04d}", "seen", "jes-and-jcl 3.9"),
    "ief272i": Text("IEF272I {jobname} {step} - STEP WAS NOT EXECUTED.", "seen", "jes-and-jcl 3.9"),
    "ief202i": Text("IEF202I {jobname} {step} - STEP WAS NOT RUN BECAUSE OF CONDITION CODES", "known", "jes-and-jcl 4.9"),
    "ief206i": Text(
        "IEF206I {jobname} {step} - STEP WAS NOT RUN BECAUSE OF CONDITIONAL EXPRESSION ON STATEMENT {statement}",
        "seen",
        "jes-and-jcl 3.9",
    ),
    "ief201i": Text("IEF201I {jobname} {step} - JOB TERMINATED BECAUSE OF CONDITION CODES", "known", "jes-and-jcl 4.9"),
    "ief472i": Text(
        "IEF472I {jobname} {step} - COMPLETION CODE - SYSTEM={system} USER={user:04d} REASON={reason:08X}",
        "known",
        "jes-and-jcl 3.9",
    ),
    "ief373i": Text("IEF373I STEP/{step:<8}/START {at}", "seen", "jes-and-jcl 3.9"),
    "ief032i": Text(
        "IEF032I STEP/{step:<8}/STOP  {at} \n"
        "        CPU: {cpu}    SRB:     0 HR  00 MIN  00.00 SEC    \n"
        "        VIRT:{virt:>6}K  SYS:{system:>6}K  EXT:{ext:>9}K  SYS:{extsys:>9}K\n"
        "        ATB- REAL:{real:>22}K  SLOTS:{slots:>22}K\n"
        "             VIRT- ALLOC:{alloc:>8}M SHRD:{shared:>8}M",
        "seen",
        "jes-and-jcl 3.9",
    ),
    "ief375i": Text("IEF375I  JOB/{jobname:<8}/START {at}", "seen", "jes-and-jcl 3.9"),
    "ief033i": Text(
        "IEF033I  JOB/{jobname:<8}/STOP  {at} \n        CPU: {cpu}    SRB:     0 HR  00 MIN  00.00 SEC    ",
        "seen",
        "jes-and-jcl 3.9",
    ),
}

_PROGRAMS = {
    "csv003i": Text("CSV003I REQUESTED MODULE {module:<8} NOT FOUND", "seen", "S806LOG"),
    "csv028i": Text("CSV028I ABEND806-04  JOBNAME={jobname:<8}  STEPNAME={stepname}", "seen", "S806LOG"),
    "iec130i": Text("IEC130I {ddname:<8} DD STATEMENT MISSING", "known", "jes-and-jcl 4.11"),
    "iec141i": Text("IEC141I 013-{reason:02X},IGG0191B,{where}", "known", "jes-and-jcl 4.11"),
    "iec150i": Text("IEC150I 913-{reason:02X},IFG0194E,{where}", "known", "jes-and-jcl 4.11"),
    "iec143i": Text("IEC143I 213-{reason:02X},IFG0194A,{where}", "known", "jes-and-jcl 4.11"),
    "iec020i": Text("IEC020I 001-{reason:X},{where}", "known", "jes-and-jcl 4.11"),
    "iec030i": Text("IEC030I B37-{reason:02X},IFG0554A,{where}", "known", "jes-and-jcl 4.11"),
    "iec031i": Text("IEC031I D37-{reason:02X},IFG0554T,{where}", "known", "jes-and-jcl 4.11"),
    "iec032i": Text("IEC032I E37-{reason:02X},IFG0554T,{where}", "known", "jes-and-jcl 4.11"),
    "iec217i": Text("IEC217I B14-{reason:02X},IFG0232Z,{where}", "known", "DFSMS messages"),
    "iea995i": Text(
        "IEA995I SYMPTOM DUMP OUTPUT\n"
        "{completion}\n"
        " TIME={time}  SEQ={sequence:05d}  CPU=0000  ASID={asid:04X}\n"
        " PSW AT TIME OF ERROR  070C1000   812D3852  ILC 2  INTC 0D\n"
        "   NO ACTIVE MODULE FOUND\n"
        "   NAME=UNKNOWN\n"
        "   DATA AT PSW  012D384C - 8400181E  0A0D18FB  180C181D\n"
        "   AR/GR 0: 00000000/00000000   1: 00000000/{code}\n"
        "         2: 00000000/00000000   3: 00000000/00000000\n"
        "         4: 00000000/00000000   5: 00000000/00000000\n"
        "         6: 00000000/00000000   7: 00000000/00000000\n"
        "         8: 00000000/00000000   9: 00000000/00000000\n"
        "         A: 00000000/00000000   B: 00000000/00000000\n"
        "         C: 00000000/00000000   D: 00000000/00000000\n"
        "         E: 00000000/{code}   F: 00000000/{reason:08X}\n"
        " END OF SYMPTOM DUMP",
        "seen",
        "S806LOG",
    ),
    # Columns of the completion code and the PSW are seen; the heading, and that it is all there is, are ours.
    "sysudump": Text(
        "1JOB {jobname:<8}           STEP {stepname:<8}         TIME {at}   DATE {day}    ID = 000   CPUID = 000000000000"
        "   PAGE 00000001\n"
        "0COMPLETION CODE      {completion:<13}  REASON CODE = {reason:08X}\n"
        "0PSW AT ENTRY TO ABEND  070C1000 812D3852        ILC 2   INTC 000D\n"
        "0ASID {asid:04X}   SEQ {sequence:05d}\n"
        "0REGISTERS AT ENTRY TO ABEND\n"
        "0REGS 0-7   00000000  {code}  00000000  00000000  00000000  00000000  00000000  00000000\n"
        " REGS 8-15  00000000  00000000  00000000  00000000  00000000  00000000  {code}  {reason:08X}\n"
        "0SUMMARY ONLY - THIS SYSTEM HAS NO STORAGE AND NO CONTROL BLOCKS TO DUMP\n"
        "0END OF DUMP",
        "assumed",
        "ABEND dumps",
    ),
    "ceedump": Text(
        "1CEE3DMP V2 R5.0: Condition processing resulted in the unhandled condition.        {day} {at}         Page:    1\n"
        "0ASID: {asid:04X}   Job ID: {jobid}   Job name: {jobname:<8}  Step name: {stepname:<8}  UserID: {userid}\n"
        "0CEE3845I CEEDUMP Processing started.\n"
        "0Information for enclave {program}\n"
        "0  {program} raised {error}\n"
        "0CEE3846I CEEDUMP Processing completed.",
        "assumed",
        "LE debugging guide",
    ),
    "cee3250c": Text(
        "CEE3250C The system or user abend U4038 R=00000001 was issued: {program} raised {error}", "assumed", "LE messages"
    ),
}

TEXTS: dict[str, Text] = {**_JOB_LOG, **_ALLOCATION, **_STEPS, **_PROGRAMS}
