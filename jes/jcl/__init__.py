"""JCL: card images in, a converted job or JCL errors out. Pure: procedures come from a ProcSource, nothing is opened here."""
