"""Files that leave the house: sheets, vCards, messages, Markdown, HTML and PDF. It knows how, not what."""
