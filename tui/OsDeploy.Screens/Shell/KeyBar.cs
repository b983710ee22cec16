namespace OsDeploy.Screens.Shell;

/// <summary>The keys of a screen, in its last line. Those that do not fit are in the help.</summary>
internal sealed class KeyBar : View
{
    public bool HasMenu { get; set; }

    public IReadOnlyList<ScreenAction> Actions
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    = [];

    private IEnumerable<(string Key, string Label)> MenuKeys => HasMenu ? [("F9", Forms.HotKey.Strip(Words.Dialogue.MenuKey))] : [];

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        var room = Viewport.Width;
        foreach (var (key, label) in Actions.Select(action => (Key: action.Key.ToString(), Label: action.PlainLabel)).Prepend(("F1", Words.Dialogue.HelpKey)).Concat(MenuKeys))
        {
            room -= key.Length + label.Length + 3;
            if (room < 0)
            {
                break;
            }

            SetAttributeForRole(VisualRole.HotNormal);
            AddStr(" " + key);
            SetAttributeForRole(VisualRole.Normal);
            AddStr(" " + label + " ");
        }

        return true;
    }
}
