using System.Collections.ObjectModel;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Machine.Views;

/// <summary>The main menu.</summary>
internal sealed class MenuView : MachineView
{
    private const int TagColumns = 11;
    private const int NoteRows = 6;

    private readonly MachineScreens _screens;
    private readonly Label _prompt = new() { X = 1, Y = 0 };
    private readonly ListView _list = new() { X = 1, Y = 2, Width = Dim.Fill(1), Height = Dim.Fill(NoteRows + 1) };
    private readonly PlainText _note = new() { X = 1, Y = Pos.AnchorEnd(NoteRows), Width = Dim.Fill(1), Height = NoteRows };
    private IReadOnlyList<MenuEntry> _entries = [];

    public MenuView(MachineScreens screens)
    {
        _screens = screens;
        _list.Accepting += (_, e) =>
        {
            e.Handled = true;
            Choose();
        };
        _list.ValueChanged += (_, _) => ShowNote();
        Add(_prompt, _list, _note);
    }

    public override string Heading => Words.Machine.MainTitle;

    public override string Help => Selected is { } entry ? $"{entry.Tag}: {entry.Help}" : Words.Machine.HelpMenu;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new ScreenAction(Key.F2, Words.Machine.KeyStart, Choose),
        _screens.Session.State.Operator is null
            ? new ScreenAction(Key.F4, Words.Machine.KeyLogin, _screens.Login)
            : new ScreenAction(Key.F4, Words.Machine.KeyLogout, () => _screens.Dialogs.Wait(Words.Machine.MainTitle, _screens.Session.Account.LogoutAsync)),
        new ScreenAction(Key.F3, Words.Machine.KeyAbout, _screens.About),
        new ScreenAction(Key.F10, Words.Machine.KeyQuit, _screens.Quit),
    ];

    private MenuEntry? Selected => _list.SelectedItem is { } row && row < _entries.Count ? _entries[row] : null;

    private MachineMenu Menu => new(_screens.Session.State, _screens.Session.Options);

    public override void Show()
    {
        _prompt.Text = Words.Machine.MainPrompt;
        var entries = Menu.Entries;
        if (!entries.SequenceEqual(_entries))
        {
            var selected = _entries.Count == 0 && entries is [var first, ..] ? first.Task : Selected?.Task;
            _entries = entries;
            _list.SetSource(new ObservableCollection<string>(entries.Select(entry =>
                entry.Tag.PadRight(TagColumns) + (entry.IsEnabled ? entry.Text : $"({entry.Text})"))));
            // Where the chosen entry is gone none is chosen: Enter must not do what was not under the cursor.
            _list.SelectedItem = entries.Index().Where(pair => pair.Item.Task == selected).Select(pair => (int?)pair.Index).FirstOrDefault();
        }

        ShowNote();
    }

    private void ShowNote()
    {
        var warning = Menu.Warning;
        var why = Selected?.WhyNot ?? "";
        _note.Role = warning.Length > 0 || why.Length > 0 ? VisualRole.Highlight : VisualRole.Normal;
        _note.Text = Wrapped(string.Join('\n', new[] { warning.Length > 0 ? "! " + warning : "", why == warning ? "" : why }.Where(line => line.Length > 0)));
    }

    private void Choose()
    {
        if (Selected is not { } entry)
        {
            return;
        }

        if (!entry.IsEnabled)
        {
            _screens.Dialogs.Tell(entry.Tag, entry.WhyNot);
            return;
        }

        if (!entry.NeedsLogin || _screens.Ask(LoginFlow.Login(_screens.Session)))
        {
            _screens.Dialogs.Try(() => Start(entry));
        }
    }

    private void Start(MenuEntry entry)
    {
        var session = _screens.Session;
        switch (entry.Task)
        {
            case MachineTask.Restore:
                AskIfAny(_screens.Wait(entry.Text, cancel => RestoreFlow.StartAsync(session, cancel)));
                break;
            case MachineTask.Partition:
                AskIfAny(_screens.Wait(entry.Text, cancel => PartitionFlow.PartitionsAsync(session, cancel)));
                break;
            case MachineTask.Clone:
                _screens.Ask(_screens.Wait(entry.Text, cancel => CloneFlow.PrepareAsync(session, cancel)).Wizard);
                break;
            case MachineTask.Mbr:
                AskIfAny(_screens.Wait(entry.Text, cancel => PartitionFlow.BootRecordAsync(session, cancel)));
                break;
            case MachineTask.Manual:
                _screens.Ask(_screens.Wait(entry.Text, cancel => ManualFlow.PrepareAsync(session, cancel)).Wizard);
                break;
            case MachineTask.Clean:
                AskIfAny(_screens.Wait(entry.Text, cancel => CleanFlow.PrepareAsync(session, cancel)));
                break;
            case MachineTask.Bash:
                _screens.Shell();
                break;
            case MachineTask.Quit:
                _screens.Quit();
                break;
            default:
                _screens.About();
                break;
        }
    }

    private void AskIfAny(Forms.FormModel? form)
    {
        if (form is not null)
        {
            _screens.Ask(form);
        }
    }
}
