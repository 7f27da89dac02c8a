"""The spool: the job queue, job numbers, spool data sets and the three system data sets of each job."""
