"""The Textual screen: panes, forms and widgets over the model."""
