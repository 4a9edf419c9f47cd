"""Warm kernels: one process imports everything once, and each notebook's kernel is a fork of it.

owner        the process that runs notebooks: starts a zygote when one is first needed, asks it for kernels
standby      one zygote for all workers of a batch, started at their first order
zygote       the imported process: forks, reaps, and ends its kernels
preload      what a zygote does before it serves: imports, a rehearsal
child        a fork becomes an ordinary Jupyter kernel
streams      its output streams
provisioner  Jupyter's extension point: this way where it can be had, an ordinary kernel everywhere else
client       kernel manager and client of a batch: private sockets, no fixed wait

A warm kernel gives what an ordinary one gives, only sooner. What a zygote can't give exactly, it does not give.
"""
