"""Seed data of policy and of the code book, turned into drafts that `init` records in a new book."""

from funds.policy.industries import load_crosswalk, load_industries, load_national_industries
from funds.policy.own_packs import read_own_pack
from funds.policy.packs import load_policies

__all__ = ["load_crosswalk", "load_industries", "load_national_industries", "load_policies", "read_own_pack"]
