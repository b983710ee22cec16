using OsDeploy.Api.Accounts;
using OsDeploy.Api.Carousels;

namespace OsDeploy.Api;

/// <summary>Restores of many hosts at once (Multicast/CAROUSEL.md). The chunks come as datagrams, everything else by these routes.</summary>
public static class CarouselApi
{
    /// <summary>Chunks that one carousel can number.</summary>
    public const int MostChunks = 16 << 20;

    private const string Root = "/api/v1";
    private const string Agent = Root + "/agent/jobs/{job}/carousel";

    /// <summary>Newest first, and those that ended in the last hour.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<CarouselView>> List { get; } =
        new("GET", Root + "/carousels", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListCarouselView);

    /// <summary>Begins without those that are missing. 404 <c>carousel-missing</c>.</summary>
    public static ApiRoute<Nothing, CarouselView> StartNow { get; } =
        new("POST", Root + "/batches/{batch}/carousel/start", Access.Of(Right.StartRestores), null, ApiJson.Default.CarouselView);

    /// <summary>Sends no more: its hosts take the rest by HTTPS. 404 <c>carousel-missing</c>.</summary>
    public static ApiRoute<Nothing, CarouselView> Stop { get; } =
        new("POST", Root + "/batches/{batch}/carousel/stop", Access.Of(Right.StartRestores), null, ApiJson.Default.CarouselView);

    public static ApiRoute<Nothing, MulticastSettings> Settings { get; } =
        new("GET", Root + "/multicast-settings", Access.Of(Right.View), null, ApiJson.Default.MulticastSettings);

    /// <summary>Holds for carousels that begin from now on. Answers what holds.</summary>
    public static ApiRoute<MulticastSettings, MulticastSettings> ChangeSettings { get; } =
        new("PUT", Root + "/multicast-settings", Access.Of(Right.Administer), ApiJson.Default.MulticastSettings, ApiJson.Default.MulticastSettings);

    /// <summary>The agent's own running restore. 409 <c>lease-lost</c>.</summary>
    public static ApiRoute<CarouselJoin, CarouselTicket> Join { get; } =
        new("POST", Agent, Access.Agent, ApiJson.Default.CarouselJoin, ApiJson.Default.CarouselTicket, MaxBody: 4096);

    /// <summary>Body: one bit per chunk of the table, the lowest bit of the first byte first; 1: it is needed. 204.</summary>
    public static ApiRoute Need { get; } = new("PUT", Agent + "/{carousel}/need", MostChunks / 8, Access.Agent);

    /// <summary>Answers the number of the newest plan (4 bytes, little-endian) and one bit per chunk: 1: it is sent in that pass.</summary>
    public static ApiRoute Plan { get; } = new("GET", Agent + "/{carousel}/plan", 0, Access.Agent);

    /// <summary>Twice a second. 409 <c>lease-lost</c>; 404 <c>carousel-missing</c>: join again, or take the rest by HTTPS.</summary>
    public static ApiRoute<CarouselReport, CarouselOrders> Report { get; } =
        new("POST", Agent + "/{carousel}/report", Access.Agent, ApiJson.Default.CarouselReport, ApiJson.Default.CarouselOrders, MaxBody: 4096);

    public static IReadOnlyList<ApiRoute> All { get; } = [List, StartNow, Stop, Join, Need, Plan, Report, Settings, ChangeSettings];
}
