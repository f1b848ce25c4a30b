"""Addresses of signing in and of one's own pages."""

from django.urls import path

from sala.commons.identity.views import desk, entrance, own

app_name = "identity"

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/e-mail/", entrance.ask_code, name="ask_code"),
    path("sign-in/code/", entrance.enter_code, name="enter_code"),
    path("sign-in/demo/", entrance.sign_in_demo, name="sign_in_demo"),
    path("sign-in/with/<slug:name>/", entrance.start_openid, name="start_openid"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("me/", own.me, name="me"),
    path("me/settings/", own.settings, name="settings"),
    path("me/settings/e-mail/", own.change_email, name="change_email"),
    path("me/settings/sign-out-elsewhere/", own.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/access/", own.access_record, name="access_record"),
    path("me/access/<int:record_id>/why/", own.question_access, name="question_access"),
    path("me/consents/", own.consents, name="consents"),
    path("me/consents/<slug:purpose>/give/", own.give_consent, name="give_consent"),
    path("me/consents/<int:consent_id>/withdraw/", own.withdraw_consent, name="withdraw_consent"),
    path("me/data/", own.own_data, name="own_data"),
    path("me/data.json", own.own_data_file, name="own_data_file"),
    path("me/erase/", own.erase, name="erase"),
    path("desk/access-questions/", desk.questions, name="questions"),
    path("desk/access-questions/<int:question_id>/", desk.answer, name="answer"),
]

# Without a language: an OpenID provider knows one address to send people back to.
machine_urlpatterns = [
    path("sign-in/back/<slug:name>/", entrance.finish_openid, name="openid_back"),
]
