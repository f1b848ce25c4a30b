"""Names of roles, ways of signing in and purposes, in the reader's language."""

from django import template

from sala.commons.identity import words

register = template.Library()

register.filter("role_name", words.role_name)
