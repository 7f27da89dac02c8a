"""Every parameter that the coverage page calls done has a test that shows its effect, and this table names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zftpd.params.param import Where
from zftpd.params.table import BY_ATTRIBUTE, PARAMS

TESTS = Path(__file__).resolve().parents[2]
HERE = "zftpd/effects/"
PAGE_11 = "../../source_document/test_page_11_through_a_client.py"
PAGE_58 = "../../source_document/test_page_58_through_a_client.py"
#: Parameter -> file::test.
PROOFS = {
    **dict.fromkeys(("RECFM", "LRECL", "BLKSIZE"), "test_allocation.py::test_recfm_lrecl_and_blksize_shape_the_data_set"),
    **dict.fromkeys(("PRIMARY", "SPACETYPE"), "test_allocation.py::test_primary_is_allocated_in_the_unit"),
    "SECONDARY": "test_allocation.py::test_secondary_decides_how_far_a_data_set_grows",
    "DIRECTORY": "test_allocation.py::test_directory_blocks_bound_the_members_of_a_pds",
    "RETPD": "test_allocation.py::test_retpd_gives_a_date_of_expiry",
    "DCBDSN": "test_allocation.py::test_dcbdsn_gives_what_the_other_words_leave_open",
    "VOLUME": "test_allocation.py::test_volume_is_where_the_data_set_lies",
    "DATACLASS": "test_allocation.py::test_dataclass_gives_what_the_words_leave_open",
    **dict.fromkeys(("STORCLASS", "MGMTCLASS"), "test_allocation.py::test_storclass_and_mgmtclass_are_those_of_the_data_set"),
    "DSNTYPE": "test_allocation.py::test_dsntype_is_the_type_of_a_sequential_data_set",
    "PDSTYPE": "test_allocation.py::test_pdstype_is_the_type_of_a_partitioned_data_set",
    "EATTR": "test_allocation.py::test_eattr_is_kept_with_the_data_set",
    "CONDDISP": "test_allocation.py::test_conddisp_decides_what_becomes_of_a_new_data_set_when_a_transfer_breaks",
    "MIGRATEVOL": "../test_settings_have_effect.py::test_migratevol_marks_volumes_of_migrated_data_sets",
    "FILETYPE": "test_transfers.py::test_filetype_is_what_transfers_work_on",
    "ASATRANS": "test_transfers.py::test_asatrans_turns_control_characters_into_those_of_c",
    "AUTORECALL": "test_transfers.py::test_noautorecall_leaves_it_migrated",
    "DIRECTORYMODE": "test_transfers.py::test_directorymode_shows_one_qualifier",
    "DSWAITTIME": "../test_settings_have_effect.py::test_a_transfer_waits_for_who_holds_its_data_set",
    "DSWAITTIMEREPLY": "test_transfers.py::test_dswaittimereply_is_how_often_the_client_hears_of_the_wait",
    "ISPFSTATS": "test_transfers.py::test_ispfstats_gives_members_statistics",
    "LISTLEVEL": "test_transfers.py::test_listlevel_is_the_form_of_listings",
    "LISTSUBDIR": "../test_settings_have_effect.py::test_nolistsubdir_shows_names_only",
    "QUOTESOVERRIDE": "test_transfers.py::test_quotes_override_the_working_directory_unless_they_may_not",
    "RDW": "test_transfers.py::test_rdw_keeps_record_descriptor_words",
    "TRAILINGBLANKS": "test_transfers.py::test_trailingblanks_keeps_the_padding_of_fixed_records",
    **dict.fromkeys(("TRUNCATE", "WRAPRECORD"), "test_transfers.py::test_truncate_and_wraprecord_decide_on_long_lines"),
    "REMOVEINBEOF": "test_transfers.py::test_removeinbeof_drops_a_last_x_1a",
    "CHKPTINT": "test_transfers.py::test_chkptint_sends_markers_in_block_mode",
    "UMASK": "test_transfers.py::test_umask_takes_permissions_from_new_files",
    "UNIXFILETYPE": "../test_pipes.py::test_a_reader_waits_for_the_writer",
    "FIFOOPENTIME": "../test_pipes.py::test_a_new_pipe_with_a_removed_ones_name_is_another_pipe",
    "FIFOIOTIME": "../test_pipes.py::test_a_writer_that_falls_silent_ends_the_read",
    "PORTOFENTRY4": "../test_netaccess.py::test_a_client_whose_terminal_is_not_permitted_does_not_sign_on",
    "CHKCONFIDENCE": "../test_confidence.py::test_a_transfer_that_ends_well_is_high",
    **dict.fromkeys(("JESLRECL", "JESRECFM"), "test_jobs.py::test_jeslrecl_and_jesrecfm_are_those_of_the_internal_reader"),
    **dict.fromkeys(("JESJOBNAME", "JESOWNER", "JESSTATUS"), "test_jobs.py::test_jesjobname_jesowner_and_jesstatus_filter_jobs"),
    "JESENTRYLIMIT": "test_jobs.py::test_jesentrylimit_bounds_a_listing",
    "JESGETBYDSN": "test_jobs.py::test_jesgetbydsn_takes_the_name_for_a_spool_data_set",
    "JESTRAILINGBLANKS": "test_jobs.py::test_jestrailingblanks_keeps_those_of_spool_records",
    "JESPUTGETTO": "test_jobs.py::test_jesputgetto_is_how_long_a_submitted_job_is_waited_for",
    "JESINTERFACELEVEL": "test_jobs.py::test_jesinterfacelevel_1_shows_own_jobs_only",
    "CTRLCONN": "../test_settings_have_effect.py::test_ctrlconn_is_the_page_of_the_control_connection",
    "SBDATACONN": "test_translation.py::test_sbdataconn_are_the_pages_of_data",
    "CCXLATE": "../test_translate_tables.py::test_ccxlate_is_the_table_of_the_control_connection",
    "XLATE": "../test_translate_tables.py::test_site_xlate_translates_both_ways_by_the_data_set_of_that_name",
    "SBSENDEOL": "test_translation.py::test_sbsendeol_ends_lines_of_text",
    **dict.fromkeys(("SBSUB", "SBSUBCHAR"), "test_translation.py::test_sbsub_and_sbsubchar_stand_for_what_cannot_be_translated"),
    **dict.fromkeys(
        ("ENCODING", "MBDATACONN"), "test_translation.py::test_encoding_and_mbdataconn_translate_several_bytes_a_character"
    ),
    "MBREQUIRELASTEOL": "test_translation.py::test_mbrequirelasteol_demands_an_end_of_the_last_line",
    "MBSENDEOL": "test_translation.py::test_mbsendeol_ends_lines_of_multi_byte_text",
    "DBSUB": "test_translation.py::test_dbsub_stands_for_double_byte_characters_that_cannot_be_translated",
    "UCSHOSTCS": "test_translation.py::test_ucshostcs_is_the_host_side_of_ucs_2",
    "UCSSUB": "test_translation.py::test_ucssub_stands_for_what_ucs_2_cannot_translate",
    "UCSTRUNC": "test_translation.py::test_ucstrunc_cuts_ucs_2_records_that_are_too_long",
    "UNICODEFILESYSTEMBOM": "test_translation.py::test_unicodefilesystembom_decides_on_the_mark_of_stored_unicode_files",
    "EXTENSIONS": "test_translation.py::test_extensions_switch_their_commands_on",
    "ACCESSERRORMSGS": "../commands/test_access.py::test_accesserrormsgs_tells_why",
    "VERIFYUSER": f"{PAGE_11}::test_with_verifyuser_the_ports_profile_decides_who_logs_in",
    "APPLNAME": "test_login.py::test_applname_asks_class_appl",
    **dict.fromkeys(
        ("PORTCOMMAND", "PORTCOMMANDPORT", "PORTCOMMANDIPADDR"),
        "../net/test_namespaces.py::test_port_and_eprt_are_refused_by_the_controls",
    ),
    "PASSIVEDATACONN": "../net/test_namespaces.py::test_a_stranger_is_not_let_into_a_passive_connection",
    "PASSIVEDATAPORTS": "../net/test_namespaces.py::test_pasv_uses_only_the_ports_of_the_range",
    "SECURE_FTP": "../commands/test_secure.py::test_secure_ftp_required_wants_auth_first",
    "SECURE_LOGIN": "../commands/test_secure.py::test_a_certificate_is_demanded_by_secure_login",
    "SECURE_PASSWORD": "test_server.py::test_secure_password_decides_whether_a_certificate_is_enough",
    "SECURE_CTRLCONN": "../commands/test_secure.py::test_secure_ctrlconn_forbids_ccc",
    "SECURE_DATACONN": "../commands/test_secure.py::test_secure_dataconn_limits_prot",
    "SECURE_SESSION_REUSE": "../net/test_tls.py::test_the_control_connection_gives_a_session_to_resume",
    "TLSTIMEOUT": "../net/test_tls.py::test_a_session_is_resumed_for_no_longer_than_tlstimeout",
    "SECUREIMPLICITZOS": "test_server.py::test_tlsport_begins_with_tls",
    "TLSMECHANISM": "../../source_document/test_page_37_attls_server.py::test_page_37_a_client_that_sends_auth_works_encrypted",
    "TLSRFCLEVEL": "../commands/test_secure.py::test_rfc4217_forgets_a_login_in_clear_and_draft_keeps_it",
    "TLSPORT": "test_server.py::test_tlsport_begins_with_tls",
    "KEYRING": f"{PAGE_58}::test_level_1_wants_a_certificate_of_a_trusted_root_whoever_it_belongs_to",
    "CIPHERSUITE": "test_server.py::test_ciphersuite_is_what_is_agreed_on",
    "ANONYMOUS": "../test_anonymous.py::test_without_the_statement_it_is_a_user_like_any_other",
    "ANONYMOUSLEVEL": "test_login.py::test_anonymouslevel_decides_on_the_root",
    "ANONYMOUSFILEACCESS": "test_login.py::test_anonymousfileaccess_is_the_realm_of_guests",
    **dict.fromkeys(
        ("ANONYMOUSFILETYPESEQ", "ANONYMOUSFILETYPEJES"), "test_login.py::test_anonymousfiletype_is_what_guests_may_work_on"
    ),
    "ANONYMOUSHFSDIRMODE": "test_login.py::test_anonymoushfsdirmode_is_that_of_directories_they_make",
    "ANONYMOUSHFSFILEMODE": "test_login.py::test_anonymoushfsfilemode_is_that_of_files_they_store",
    **dict.fromkeys(("ANONYMOUSHFSINFO", "ANONYMOUSLOGINMSG"), "test_login.py::test_guests_have_words_of_their_own"),
    "ANONYMOUSMVSINFO": "test_login.py::test_anonymousmvsinfo_describes_prefixes_to_guests",
    "ANONYMOUSFTPLOGGING": "test_login.py::test_anonymousftplogging_logs_what_guests_do",
    "EMAILADDRCHECK": "test_login.py::test_emailaddrcheck_looks_at_the_address",
    "BANNER": "test_login.py::test_words_may_come_from_a_data_set",
    **dict.fromkeys(("LOGINMSG", "ADMINEMAILADDRESS"), "test_login.py::test_loginmsg_is_shown_with_its_cookies_filled"),
    "MVSINFO": "test_login.py::test_mvsinfo_describes_a_prefix_when_it_becomes_the_working_directory",
    "HFSINFO": "test_login.py::test_hfsinfo_describes_a_directory_when_it_is_entered",
    "STARTDIRECTORY": "test_login.py::test_startdirectory_is_where_sessions_start",
    "INACTIVE": "test_server.py::test_inactive_ends_a_session_that_says_nothing",
    **dict.fromkeys(("FTPKEEPALIVE", "DATAKEEPALIVE"), "test_server.py::test_keepalive_timers_arm_their_connections"),
    "DATATIMEOUT": "../net/test_namespaces.py::test_a_cable_that_is_pulled_out_ends_the_transfer_and_keeps_the_old_content",
    "REPLYSECURITYLEVEL": "test_server.py::test_replysecuritylevel_1_keeps_addresses_and_holders_out_of_replies",
    **dict.fromkeys(
        ("DEBUG", "DEBUGONSITE"), "../test_settings_have_effect.py::test_traces_go_to_the_console_only_while_they_are_on"
    ),
    **dict.fromkeys(("DUMP", "DUMPONSITE"), "test_server.py::test_dump_shows_the_bytes_of_the_control_connection"),
    "TRACE": "../test_settings_have_effect.py::test_trace_true_starts_with_the_basic_traces",
    "FTPLOGGING": "../test_settings_have_effect.py::test_ftplogging_decides_whether_the_activity_log_is_shown",
    **dict.fromkeys(
        ("SMFAPPE", "SMFDEL", "SMFREN", "SMFRETR", "SMFSTOR"),
        "test_server.py::test_each_smf_statement_asks_for_records_of_its_own_event",
    ),
    "SMF": "test_server.py::test_an_events_own_statement_wins_over_smf",
    "SMFLOGN": "test_server.py::test_smflogn_asks_for_records_of_refused_logins",
    "SMFJES": "../smf/test_through_a_client.py::test_jobs_are_recorded_only_when_they_are_asked_for",
    "SMFEXIT": "test_server.py::test_smfexit_calls_the_exit_before_type_118",
    "SMFDCFG": "../test_settings_have_effect.py::test_smfdcfg_records_the_configuration",
    "SUPPRESSIGNOREWARNINGS": "test_server.py::test_suppressignorewarnings_keeps_messages_about_the_clients_statements_away",
}


def has_effect(param):
    """Done, or done for some of its values; not what only the client obeys."""
    return param.where is not Where.CLIENT and (not param.limit or param.limited is not None)


@pytest.mark.parametrize("name", [param.name for param in PARAMS if has_effect(param)])
def test_a_parameter_that_is_called_done_has_its_proof(name):
    file, _, test = PROOFS[name].partition("::")
    path = (TESTS / HERE / file).resolve()

    assert f"\ndef {test}(" in path.read_text()


def test_only_what_works_is_proved():
    assert not [name for name in PROOFS if not has_effect(BY_ATTRIBUTE[name.lower()])]


def test_what_does_not_work_says_why():
    assert not [param.name for param in PARAMS if param.limit and len(param.limit.split()) < 2]
