// The chat in a React Native app (react-native-webview 13): one component that shows it, hears its events and can be
// called.
//
// It has the least rights that do: only our server's page is loaded and heard, there is no access to files, and every
// link opens in the browser.

import React, { forwardRef, useImperativeHandle, useRef } from "react";
import { KeyboardAvoidingView, Linking, Platform, StyleSheet } from "react-native";
import { WebView, type WebViewMessageEvent } from "react-native-webview";

const SERVER = "https://HOST";
const PAGE = `${SERVER}/chat/KEY`;
const OUTSIDE = /^(https?|mailto|tel):/;

type Call = ["open" | "close" | "toggle" | "human" | "reset"] | ["setLocale", string];

/** What the page tells; ignore types that you do not know. */
type Event =
  | { type: "ready" | "open" | "close" }
  | { type: "message"; detail: { author: "bot" | "agent"; seq: number } }
  | { type: "unread"; detail: { count: number } }
  | { type: "human"; detail: { receipt: number } }
  | { type: "queue"; detail: { position: number; waited: number } }
  | { type: "error"; detail: { code: string } };

export interface SupportChatHandle {
  /** Calls the chat, whether the page has loaded or not. */
  push(call: Call): void;
}

interface Props {
  onClose(): void;
  onUnread(count: number): void;
}

export const SupportChat = forwardRef<SupportChatHandle, Props>(({ onClose, onUnread }, ref) => {
  const view = useRef<WebView>(null);

  useImperativeHandle(ref, () => ({
    push(call) {
      // JSON is JavaScript: nothing in an argument can end the text and run.
      const list = JSON.stringify(call);
      view.current?.injectJavaScript(`(window.HumanPlease = window.HumanPlease || []).push(${list}); true;`);
    },
  }));

  const heard = ({ nativeEvent }: WebViewMessageEvent) => {
    if (!isOurs(nativeEvent.url)) return;
    const event = read(nativeEvent.data);
    if (event?.type === "close") onClose();
    if (event?.type === "unread") onUnread(event.detail.count);
  };

  return (
    <KeyboardAvoidingView style={styles.all} behavior={Platform.OS === "android" ? "height" : undefined}>
      <WebView
        ref={view}
        source={{ uri: PAGE }}
        originWhitelist={[SERVER]}
        onShouldStartLoadWithRequest={({ url, isTopFrame }) => {
          if (isOurs(url)) return true;
          if (isTopFrame !== false && OUTSIDE.test(url)) void Linking.openURL(url);
          return false;
        }}
        onMessage={heard}
        setSupportMultipleWindows={false}
        allowFileAccess={false}
        allowFileAccessFromFileURLs={false}
        allowUniversalAccessFromFileURLs={false}
        geolocationEnabled={false}
        mixedContentMode="never"
        thirdPartyCookiesEnabled={false}
        automaticallyAdjustContentInsets={false}
        contentInsetAdjustmentBehavior="never"
      />
    </KeyboardAvoidingView>
  );
});

function isOurs(url: string): boolean {
  return url === PAGE || [`${PAGE}?`, `${PAGE}#`, `${PAGE}/`].some((start) => url.startsWith(start));
}

function read(json: string): Event | undefined {
  try {
    const event = JSON.parse(json);
    return event?.humanPlease === 1 ? event : undefined;
  } catch {
    return undefined;
  }
}

const styles = StyleSheet.create({ all: { flex: 1 } });
