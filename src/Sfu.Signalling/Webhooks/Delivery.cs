namespace Sfu.Signalling.Webhooks;

/// <summary>An event on its way to one receiver. Owned by its <see cref="DeliveryQueue"/>.</summary>
internal sealed class Delivery(WebhookEvent noted, DeliveryLane lane)
{
    public WebhookEvent Event => noted;

    /// <summary>Tries that failed so far.</summary>
    public int Failures { get; set; }

    public bool IsUnderWay { get; set; }

    internal DeliveryLane Lane => lane;
}
