namespace OsDeploy.Screens.Shell;

/// <summary>The keys of a screen, in its last line. Those that do not fit are in the help.</summary>
internal sealed class KeyBar : View
{
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

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        var room = Viewport.Width;
        foreach (var (key, label) in Actions.Select(action => (action.Key.ToString(), action.PlainLabel)).Prepend(("F1", Words.Dialogue.HelpKey)))
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
