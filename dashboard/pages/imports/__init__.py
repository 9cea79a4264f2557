"""The import centre: workbooks sent in, looked through, decided about, recorded and taken back."""
