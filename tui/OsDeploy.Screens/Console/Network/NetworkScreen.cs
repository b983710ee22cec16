using OsDeploy.Screens.Console.Shell;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Where the appliance is reached.</summary>
internal static class NetworkScreen
{
    public static FactScreen Of(Workplace at) => new(
        at,
        Words.Network.Title,
        Words.Network.Help,
        now => NetworkFacts.Of(now, at.Session.Address, at.Dialogs.Time.LocalTimeZone) is { Count: > 0 } facts ? facts : [new Fact(Words.Network.Service, Words.Network.NotHeard)],
        Words.Network.Help);
}
