"""Read by gunicorn from the folder where it is started; options of its command come first."""

worker_class = "kb.workers.Worker"
