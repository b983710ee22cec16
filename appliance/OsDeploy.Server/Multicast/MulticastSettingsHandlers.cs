using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Text;

namespace OsDeploy.Server.Multicast;

/// <summary>Answers the settings among <see cref="CarouselApi"/>.</summary>
internal sealed class MulticastSettingsHandlers(MulticastSettingsBook book, AuditLog audit)
{
    public void Map(HandlerTable on)
    {
        on.On(CarouselApi.Settings, _ => book.Current);
        on.On(CarouselApi.ChangeSettings, (call, wanted) => book.Write(wanted, settings => audit.Append(call.Caller.AuditName, "multicast-settings", "all carousels", Describe(settings))));
    }

    private static string Describe(MulticastSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{settings.Mode} on {settings.Interface ?? "the usual card"}, {settings.Group}:{settings.Port}, TTL {settings.Ttl}, limit {ByteRate.WordOf(settings.MostBytesPerSecond)}, querier {(settings.Querier ? "on" : "off")}");
}
