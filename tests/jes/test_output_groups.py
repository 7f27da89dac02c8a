"""Several OUTPUT statements make as many output groups of one data set."""

from __future__ import annotations

JOB = """//J JOB MSGCLASS=H
//HERE OUTPUT CLASS=H
//THERE OUTPUT CLASS=B,DEST=RMT5
//NOWHERE OUTPUT CLASS=B,OUTDISP=(PURGE)
//A EXEC PGM=IEBGENER
//SYSPRINT DD DUMMY
//SYSIN DD DUMMY
//SYSUT1 DD *
ONE
TWO
"""


def files(system, jcl: str, ddname: str):
    info = system.run(jcl)
    return [file for file in system.jes.spool_files(info) if file.ddname == ddname]


def test_each_statement_that_a_dd_names_makes_a_copy(system):
    found = files(system, JOB + "//SYSUT2 DD SYSOUT=(,),OUTPUT=(*.HERE,*.THERE,*.NOWHERE)\n", "SYSUT2")

    assert [(file.sysout_class, file.destination, file.records) for file in found] == [("H", "LOCAL", 2), ("B", "RMT5", 2)]
    assert len({file.key for file in found}) == 2
    first, second = (list(system.jes.read_spool(system.acee, system.jes.jobs(system.acee)[0], file)) for file in found)
    assert first == second


def test_the_class_of_the_dd_comes_before_theirs(system):
    found = files(system, JOB + "//SYSUT2 DD SYSOUT=C,OUTPUT=(*.HERE,*.THERE)\n", "SYSUT2")

    assert [(file.sysout_class, file.destination) for file in found] == [("C", "LOCAL"), ("C", "RMT5")]


def test_all_default_statements_of_the_job_count(system):
    jcl = JOB.replace("CLASS=H\n//TH", "CLASS=H,DEFAULT=YES\n//TH").replace("DEST=RMT5", "DEST=RMT5,DEFAULT=YES")

    assert [file.destination for file in files(system, jcl + "//SYSUT2 DD SYSOUT=(,)\n", "SYSUT2")] == ["LOCAL", "RMT5"]


def test_jesds_makes_copies_of_the_system_data_sets(system):
    jcl = JOB.replace("CLASS=H\n//TH", "CLASS=H,JESDS=MSG\n//TH").replace("DEST=RMT5", "DEST=RMT5,JESDS=ALL")

    assert [file.destination for file in files(system, jcl + "//SYSUT2 DD SYSOUT=*\n", "JESYSMSG")] == ["LOCAL", "RMT5"]


def test_output_that_is_spun_off_has_its_copies(system):
    jcl = JOB + "//SYSUT2 DD SYSOUT=(,),OUTPUT=(*.HERE,*.THERE),FREE=CLOSE\n"

    assert [file.destination for file in files(system, jcl, "SYSUT2")] == ["LOCAL", "RMT5"]
