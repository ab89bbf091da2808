"""Word: layouts as data, Outline → .docx, .docx → lines. The doors are write.write and read.read."""
