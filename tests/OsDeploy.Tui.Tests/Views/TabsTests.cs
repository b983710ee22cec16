using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class TabsTests
{
    private readonly View _hosts = Tab("_Hosts", "Name of the host");
    private readonly View _jobs = Tab("_Jobs", "Number of the job");

    [Fact]
    public void One_tab_is_shown_and_its_title_says_so()
    {
        using var stage = new Stage();
        stage.Sees(0, "[Hosts] Jobs").Sees(1, "Name of the host").Press(Key.CursorRight).Sees(0, "Hosts [Jobs]").Sees(1, "Number of the job")
            .Press(Key.CursorLeft).Sees(0, "[Hosts] Jobs");
        stage.Show(Both());
    }

    [Fact]
    public void Tab_leads_into_what_is_shown_and_only_there()
    {
        using var stage = new Stage();
        stage.Press(Key.Tab).Look(() => Assert.True(_hosts.HasFocus)).Press(Key.Tab).Look(() => Assert.False(_hosts.HasFocus || _jobs.HasFocus));
        stage.Show(Both());
    }

    [Fact]
    public void A_hot_key_shows_its_tab_from_anywhere()
    {
        using var stage = new Stage();
        var tabs = Both();
        stage.Press(Key.Tab, new Key('j').WithAlt).Look(() => Assert.Same(_jobs, tabs.Value)).Sees(1, "Number of the job");
        stage.Show(tabs);
    }

    [Fact]
    public void A_change_can_be_refused()
    {
        using var stage = new Stage();
        var tabs = Both();
        tabs.ValueChanging += (_, e) => e.Handled = true;
        stage.Press(Key.CursorRight).Sees(0, "[Hosts] Jobs").Show(tabs);
    }

    [Fact]
    public void One_that_is_removed_gives_way_to_its_neighbour()
    {
        using var stage = new Stage();
        var tabs = Both();
        stage.Look(() => tabs.Remove(_hosts)).Sees(0, "[Jobs]").Sees(1, "Number of the job");
        stage.Show(tabs);
    }

    [Fact]
    public void The_mouse_shows_a_tab()
    {
        using var stage = new Stage();
        stage.Terminal.Click(9, 0);
        stage.Sees(0, "Hosts [Jobs]").Show(Both());
    }

    private static View Tab(string title, string caption)
    {
        var tab = new View { Title = title };
        tab.Add(new TextField { Width = 20, Title = caption });
        return tab;
    }

    private Tabs Both()
    {
        var tabs = new Tabs();
        tabs.Add(_hosts, _jobs);
        return tabs;
    }
}
