"""Every row of a zone's own database, opened: a program that prints them as JSON, one list per table."""

import json

import django


def main() -> dict[str, list[str]]:
    from django.apps import apps

    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.db_table: sorted(map(_whole, model._base_manager.using("default").all())) for model in _own(models)}


def _own(models: list) -> list:
    from django.db import connection

    tables = set(connection.introspection.table_names())
    return [model for model in models if model._meta.db_table in tables]


def _whole(row) -> str:
    return json.dumps({field.attname: _readable(getattr(row, field.attname)) for field in row._meta.concrete_fields}, default=str)


def _readable(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
