"""What some levers do, as a surface through runs of the model."""
