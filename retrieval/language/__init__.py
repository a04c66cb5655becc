"""Persian and English text: letters, words, sentences, and Persian written in Latin letters."""
