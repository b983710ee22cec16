using System.Text;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Configuration;

namespace OsDeploy.Tui.Views;

/// <summary>A text and buttons. The result is the number of the button that was pressed; null: it was left by Esc. The last button is the default one.</summary>
public static class MessageBox
{
    public static int? Query(IApplication app, string title, string message, params string[] buttons) =>
        Show(app, SchemeManager.Dialog, title, message, buttons);

    /// <summary>In the colours of something that went wrong.</summary>
    public static int? ErrorQuery(IApplication app, string title, string message, params string[] buttons) =>
        Show(app, SchemeManager.Error, title, message, buttons);

    private static int? Show(IApplication app, string scheme, string title, string message, string[] buttons)
    {
        // Title and text may name things whose underscores are their own.
        using var dialog = new Dialog { HotKeySpecifier = new Rune('\uFFFF'), Title = title, Text = message, SchemeName = scheme };
        dialog.Buttons = [.. buttons.Select(button => new Button { Text = button })];
        app.Run(dialog);
        return dialog.Result;
    }
}
