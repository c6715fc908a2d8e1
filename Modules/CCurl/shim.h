// libcurl's setters and getters are variadic, which Swift does not import. Each wrapper fixes one type of
// argument, so that a wrong one is refused by the compiler and not by the wire.

#ifndef BOON_CCURL_SHIM_H
#define BOON_CCURL_SHIM_H

#include <curl/curl.h>

typedef size_t (*boon_curl_data_function)(char *bytes, size_t size, size_t count, void *context);
typedef int (*boon_curl_progress_function)(
    void *context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);
typedef int (*boon_curl_debug_function)(
    CURL *handle, curl_infotype kind, char *bytes, size_t size, void *context);

static inline CURLcode boon_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode boon_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode boon_curl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode boon_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(handle, option, list);
}

static inline CURLcode boon_curl_set_pointer(CURL *handle, CURLoption option, void *pointer) {
    return curl_easy_setopt(handle, option, pointer);
}

static inline CURLcode boon_curl_set_data_function(
    CURL *handle, CURLoption option, boon_curl_data_function function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode boon_curl_set_progress_function(CURL *handle, boon_curl_progress_function function) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

static inline CURLcode boon_curl_set_socket_function(CURL *handle, curl_opensocket_callback function) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

static inline CURLcode boon_curl_set_debug_function(CURL *handle, boon_curl_debug_function function) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
}

static inline CURLcode boon_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

#endif
